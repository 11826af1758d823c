//! The errors that can stop a computation.

use std::fmt;

/// Why no digits came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The computation was cancelled, by [`Handle::cancel`](crate::Handle::cancel).
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
        /// [`hex::MAX_POSITION`](crate::hex::MAX_POSITION).
        max: u64,
    },
    /// More hexadecimal digits were asked for at once than the library gives.
    #[error("{asked} hexadecimal digits were asked for, the most at once is {max}")]
    TooManyHexDigits {
        /// The digits asked for.
        asked: usize,
        /// [`hex::MAX_COUNT`](crate::hex::MAX_COUNT).
        max: usize,
    },
    /// A range of terms that is empty or not within the terms of the sum.
    #[error("the terms {from} to {to} were asked for, the sum has the terms 0 to {terms}")]
    HexTerms {
        /// The first term asked for.
        from: u64,
        /// The term after the last one.
        to: u64,
        /// [`hex::terms`](crate::hex::terms).
        terms: u64,
    },
    /// A plan with no job, or with more jobs than the library makes.
    #[error("{asked} jobs were asked for, a plan has 1 to {max}")]
    HexJobs {
        /// The jobs asked for.
        asked: u64,
        /// [`hex::MAX_JOBS`](crate::hex::MAX_JOBS).
        max: usize,
    },
    /// A check failed, with [`Options::with_verification`](crate::Options::with_verification): the machine or the library
    /// made a mistake.
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
    /// The computation would need more memory than the options allow.
    #[error("the computation needs {needed} bytes of memory, {allowed} are allowed")]
    Memory {
        /// The estimated peak, in bytes.
        needed: u64,
        /// [`Options::with_max_memory`](crate::Options::with_max_memory).
        allowed: u64,
    },
}

/// The check that a computation did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Check {
    /// The binary fraction does not end with the hexadecimal digits of pi.
    HexDigits,
    /// The last step of the division is not the equation that it should be.
    Division,
    /// The decimal digits are not those of the binary fraction.
    Conversion,
    /// A stage of an endless stream does not go on as the one before ended.
    Stages,
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HexDigits => "its last hexadecimal digits are not those of Bellard's formula",
            Self::Division => "its binary fraction is not the result of its division, modulo 2^61 - 1",
            Self::Conversion => "its decimal digits are not those of its binary fraction, modulo 2^61 - 1",
            Self::Stages => "its binary fraction does not begin with the one before",
        })
    }
}
