//! The first n decimal digits of pi.
//!
//! ```
//! use compute_pi::{Algorithm, Job, digits};
//!
//! let job = Job::new();
//! assert_eq!(digits(5, Algorithm::Chudnovsky, &job)?, [3, 1, 4, 1, 5]);
//! # Ok::<(), compute_pi::Error>(())
//! ```
//!
//! Two algorithms stand behind one interface: [`Algorithm::Chudnovsky`], the fast one, and
//! [`Algorithm::Spigot`], Gibbons' unbounded spigot, the slow and obvious one it is checked against.
//! A [`Job`] cancels either, reports its progress, and bounds its memory.
//!
//! [`hex_digits`] gives hexadecimal digits from a far position, without those before it. Its work divides over
//! machines: [`hex_digits_plan`] cuts it into ranges, [`hex_digits_partial`] sums one, and [`hex_digits_combine`] adds
//! the parts up.

mod arith;
mod chudnovsky;
mod estimate;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod hex;
#[cfg(test)]
mod oracle;
mod radix;
mod run;
mod simd;
mod spigot;
mod stream;
mod verify;

pub use estimate::{Estimate, estimate};
pub use hex::{
    HEX_PART_VERSION, HexCut, HexPart, HexPartsError, HexPlan, HexRange, HexSum, MAX_HEX_DIGITS,
    MAX_HEX_JOBS, MAX_HEX_POSITION, hex_digits, hex_digits_combine, hex_digits_merge, hex_digits_partial,
    hex_digits_plan, hex_terms,
};
pub use run::{Check, Error, Job, Phase, Progress};
pub use simd::Simd;
pub use stream::DigitStream;
pub use verify::Verification;

/// The largest number of digits that can be asked for.
pub const MAX_DIGITS: usize = 1_000_000_000;

/// How the digits are computed. Every algorithm gives the same digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// The Chudnovsky series by binary splitting: quasi-linear in n.
    #[default]
    Chudnovsky,
    /// Gibbons' unbounded spigot, as published: quadratic in n.
    Spigot,
}

/// The first `n` decimal digits of pi, the leading 3 included, each a value from 0 to 9.
///
/// The digits are truncated, never rounded.
///
/// # Errors
///
/// [`Error::Cancelled`] after [`Job::cancel`], [`Error::TooManyDigits`] above [`MAX_DIGITS`],
/// [`Error::Memory`], before any work, when [`estimate`] is above the job's budget, [`Error::Allocation`] when the
/// system refuses memory all the same, and [`Error::Verification`], for a job with [`Job::with_verification`], when a
/// check fails.
///
/// ```
/// # use compute_pi::{Algorithm, Job, digits};
/// assert_eq!(digits(3, Algorithm::Spigot, &Job::new())?, [3, 1, 4]);
/// # Ok::<(), compute_pi::Error>(())
/// ```
pub fn digits(n: usize, algorithm: Algorithm, job: &Job) -> Result<Vec<u8>, Error> {
    job.admit(n, algorithm)?;
    run::allocation::refusable(|| match algorithm {
        Algorithm::Chudnovsky => chudnovsky::digits(n, job),
        Algorithm::Spigot => spigot::digits(n, job),
    })
}
