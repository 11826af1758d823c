//! The digits that may be asked for, and how long a fraction they take.

use super::fraction::LIMB_DIGITS;
use super::{bellard, sum};

/// The farthest position that [`digits`](super::digits()) takes.
pub const MAX_POSITION: u64 = 10_000_000_000_000;

/// The largest number of digits that [`digits`](super::digits()) gives at once.
pub const MAX_COUNT: usize = 10_000;

/// Digits of the fraction beyond those that are asked for and those that the error reaches: one call in 2^16
/// has to be done again.
const GUARD_DIGITS: usize = 4;

/// The limbs for `count` digits, those that the error reaches and the guard.
pub(super) fn width(position: u64, count: usize) -> usize {
    let reach = sum::error_units(bellard::terms(position, 0)).ilog(16) as usize + 1;
    (count + reach + GUARD_DIGITS).div_ceil(LIMB_DIGITS)
}
