//! What can stop a computation.

use crate::Check;

/// Why no digits came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The job was cancelled.
    #[error("the computation was cancelled")]
    Cancelled,
    /// More digits were asked for than the library can compute.
    #[error("{asked} digits were asked for, the most is {max}")]
    TooManyDigits {
        /// The digits asked for.
        asked: usize,
        /// [`crate::MAX_DIGITS`].
        max: usize,
    },
    /// A hexadecimal position that is zero or farther than the library computes.
    #[error("hexadecimal position {asked} was asked for, positions are from 1 to {max}")]
    HexPosition {
        /// The position asked for.
        asked: u64,
        /// [`crate::MAX_HEX_POSITION`].
        max: u64,
    },
    /// More hexadecimal digits were asked for at once than the library gives.
    #[error("{asked} hexadecimal digits were asked for, the most at once is {max}")]
    TooManyHexDigits {
        /// The digits asked for.
        asked: usize,
        /// [`crate::MAX_HEX_DIGITS`].
        max: usize,
    },
    /// A range of terms that is empty or not within the terms of the sum.
    #[error("the terms {from} to {to} were asked for, the sum has the terms 0 to {terms}")]
    HexTerms {
        /// The first term asked for.
        from: u64,
        /// The term after the last one.
        to: u64,
        /// [`crate::hex_terms`].
        terms: u64,
    },
    /// A plan with no job, or with more jobs than the library makes.
    #[error("{asked} jobs were asked for, a plan has 1 to {max}")]
    HexJobs {
        /// The jobs asked for.
        asked: u64,
        /// [`crate::MAX_HEX_JOBS`].
        max: usize,
    },
    /// A check of a job with [`crate::Job::with_verification`] failed: the machine or the library made a mistake.
    #[error("the computation went wrong: {check}")]
    Verification {
        /// The check.
        check: Check,
    },
    /// The system refused memory in the middle of the computation.
    #[error("the system refused {bytes} bytes of memory")]
    Allocation {
        /// The length of the vector that they were asked for.
        bytes: u64,
    },
    /// The computation would need more memory than the job allows.
    #[error("the computation needs {needed} bytes of memory, {allowed} are allowed")]
    Memory {
        /// The estimated peak, in bytes.
        needed: u64,
        /// The job's budget, in bytes.
        allowed: u64,
    },
}
