//! Hexadecimal digits of pi from a position on, without those before it.
//!
//! [`digits`] gives them at once. Its work divides over machines, for the digits are the fraction of a sum whose terms
//! may be added up in any order: [`plan()`] cuts the terms into ranges of about the same time, [`partial()`] sums one
//! range, on any machine and as often as one likes, and [`combine()`] adds the parts up, or says which are missing.
//!
//! ```
//! use compute_pi::Options;
//! use compute_pi::hex::{self, Cut};
//!
//! let plan = hex::plan(10_000, 16, Cut::Jobs(3), &Options::new())?;
//! let parts = plan.ranges.iter().map(|range| hex::partial(range, &Options::new()));
//! let sum = hex::combine(&parts.collect::<Result<Vec<_>, _>>()?)?;
//! assert!(sum.digits.starts_with("68AC8FCFB8016CBD"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bellard;
mod combine;
#[cfg(test)]
mod distributed_tests;
mod fraction;
mod group;
mod kernel;
mod part;
mod plan;
mod scalar;
mod steps;
mod sum;
#[cfg(test)]
mod tests;
mod vector;
mod window;

pub use combine::{PartsError, Sum, combine, merge};
pub(crate) use fraction::LIMB_DIGITS;
pub use part::{PART_VERSION, Part, Range, partial, terms};
pub use plan::{Cut, MAX_JOBS, Plan, plan};
pub use steps::{DigitSteps, PartSteps};
pub(crate) use window::{is_near, is_near_cost};

use crate::run::{Error, Options};

/// The farthest position that [`digits`] takes.
pub const MAX_POSITION: u64 = 10_000_000_000_000;

/// The largest number of digits that [`digits`] gives at once.
pub const MAX_COUNT: usize = 10_000;

/// Digits of the fraction beyond those that are asked for and those that the error reaches: one call in 2^16
/// has to be done again.
const GUARD_DIGITS: usize = 4;

/// `count` hexadecimal digits of pi, upper case, from `position` on; 1 is the first after the point.
///
/// Bellard's formula: O(p log p) time at position p, and little memory, since no digit before the position is
/// computed. `count` costs little until it passes a few dozen. The digits are certain: when the
/// error bound leaves one open, the sum is taken again with a longer fraction.
///
/// # Errors
///
/// [`Error::HexPosition`] for a position outside 1 to [`MAX_POSITION`], [`Error::TooManyHexDigits`] above
/// [`MAX_COUNT`], and [`Error::Cancelled`] after [`Handle::cancel`](crate::Handle::cancel).
///
/// ```
/// use compute_pi::{Options, hex};
///
/// assert_eq!(hex::digits(1, 8, &Options::new())?, "243F6A88");
/// assert_eq!(hex::digits(10_000, 16, &Options::new())?, "68AC8FCFB8016CBD");
/// # Ok::<(), compute_pi::Error>(())
/// ```
pub fn digits(position: u64, count: usize, options: &Options) -> Result<String, Error> {
    DigitSteps::new(position, count, options)?.digits()
}

/// The limbs for `count` digits, those that the error reaches and the guard.
fn width(position: u64, count: usize) -> usize {
    let reach = sum::error_units(bellard::terms(position, 0)).ilog(16) as usize + 1;
    (count + reach + GUARD_DIGITS).div_ceil(LIMB_DIGITS)
}
