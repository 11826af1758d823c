//! Hexadecimal digits of pi from a position on, without those before it.
//!
//! The digits are the fraction of a sum of fractions ([`bellard`], [`group`]), each a power of two modulo a small
//! number; the sum splits into ranges of terms ([`partial`]) that are summed in any order, by any thread or machine:
//! [`plan`] cuts it, [`part`] is what travels, [`combine`] adds it up.

mod bellard;
mod combine;
#[cfg(test)]
mod distributed_tests;
mod fraction;
mod group;
mod kernel;
mod part;
mod partial;
mod plan;
mod scalar;
#[cfg(test)]
mod tests;
mod vector;
mod window;

pub use combine::{HexPartsError, HexSum, hex_digits_combine, hex_digits_merge};
pub(crate) use fraction::LIMB_DIGITS;
pub use part::{HEX_PART_VERSION, HexPart, HexRange, hex_digits_partial, hex_terms};
pub use plan::{HexCut, HexPlan, MAX_HEX_JOBS, hex_digits_plan};
pub(crate) use window::{is_near, is_near_cost};

use crate::run::{Error, Job};

/// The farthest position that [`hex_digits`] takes.
pub const MAX_HEX_POSITION: u64 = 10_000_000_000_000;

/// The largest number of digits that [`hex_digits`] gives at once.
pub const MAX_HEX_DIGITS: usize = 10_000;

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
/// [`Error::HexPosition`] for a position outside 1 to [`MAX_HEX_POSITION`], [`Error::TooManyHexDigits`] above
/// [`MAX_HEX_DIGITS`], and [`Error::Cancelled`] after [`Job::cancel`].
///
/// ```
/// use compute_pi::{Job, hex_digits};
///
/// assert_eq!(hex_digits(1, 8, &Job::new())?, "243F6A88");
/// assert_eq!(hex_digits(10_000, 16, &Job::new())?, "68AC8FCFB8016CBD");
/// # Ok::<(), compute_pi::Error>(())
/// ```
pub fn hex_digits(position: u64, count: usize, job: &Job) -> Result<String, Error> {
    hex_terms(position, count)?;
    job.check()?;
    certain_digits(position, count, width(position, count), job)
}

/// The limbs for `count` digits, those that the error reaches and the guard.
fn width(position: u64, count: usize) -> usize {
    let reach = partial::error_units(bellard::terms(position, 0)).ilog(16) as usize + 1;
    (count + reach + GUARD_DIGITS).div_ceil(LIMB_DIGITS)
}

/// Takes the sum in so many limbs, and in one more as long as the error leaves a digit open.
fn certain_digits(position: u64, count: usize, mut limbs: usize, job: &Job) -> Result<String, Error> {
    loop {
        let terms = bellard::terms(position, (fraction::LIMB_BITS as usize * limbs) as u64);
        job.begin(terms);
        let sum = partial::sum(position, 0..terms, limbs, job)?;
        if let Some(digits) = sum.certain_digits(count, partial::error_units(terms)) {
            return Ok(digits);
        }
        limbs += 1;
    }
}
