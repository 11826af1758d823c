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
mod limits;
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
pub use limits::{MAX_COUNT, MAX_POSITION};
pub use part::{PART_VERSION, Part, Range, terms};
pub use plan::{Cut, MAX_JOBS, Plan, plan};
pub use steps::{DigitSteps, PartSteps};
pub(crate) use window::{is_near, is_near_cost};

use crate::run::{Error, Options};

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

/// The sum over one range of terms: a part of the work of [`digits`] that any machine can do.
///
/// A pure function: the same range gives the same part everywhere, with any threads and any instruction set, so that
/// a part may be computed again, or twice, at will. O((to − from) log position) time, little memory.
///
/// # Errors
///
/// Those of [`digits`], and [`Error::HexTerms`] for a range that is empty or not within the terms.
///
/// ```
/// use compute_pi::Options;
/// use compute_pi::hex::{self, Range};
///
/// let (position, count) = (10_000, 16);
/// let terms = hex::terms(position, count)?;
/// let part = |from, to| hex::partial(&Range { position, count, from, to }, &Options::new());
/// let sum = hex::combine(&[part(1000, terms)?, part(0, 1000)?]).unwrap();
/// assert!(sum.digits.starts_with("68AC8FCFB8016CBD"));
/// # Ok::<(), compute_pi::Error>(())
/// ```
pub fn partial(range: &Range, options: &Options) -> Result<Part, Error> {
    let mut steps = PartSteps::new(range, options)?;
    loop {
        if let Some(part) = steps.step()? {
            return Ok(part);
        }
    }
}
