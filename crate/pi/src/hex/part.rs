//! A part of the sum that can travel: the terms of a range, as text.

use super::fraction::{Fraction, LIMB_BITS, LIMB_DIGITS};
use super::limits::{MAX_COUNT, MAX_POSITION, width};
use super::{bellard, sum};
use crate::run::Error;

/// The format of a [`Part`] and the formula behind it: only parts of one version add up.
pub const PART_VERSION: u32 = 1;

/// A piece of the work for the digits at one position: the terms `from` ≤ n < `to` of the series.
///
/// [`plan`](super::plan()) makes them; any other cut of 0..[`terms`] is as good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// That of the first digit wanted, from 1 to [`MAX_POSITION`].
    pub position: u64,
    /// The digits wanted, to [`MAX_COUNT`]: with the position, the length of the fractions.
    pub count: usize,
    /// The first term.
    pub from: u64,
    /// The term after the last one, above `from`.
    pub to: u64,
}

/// The sum of the terms of a range, modulo 1: what [`partial`](super::partial()) gives and
/// [`combine`](super::combine()) adds up.
///
/// `fraction` is 16^k times that sum, k its length, in upper-case hexadecimal digits. It is less than
/// [`Part::error_units`] units of its last place from the exact sum, and the same on every machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// The position that the terms belong to.
    pub position: u64,
    /// The first term.
    pub from: u64,
    /// The term after the last one.
    pub to: u64,
    /// Hexadecimal digits after the point, a multiple of ten of them.
    pub fraction: String,
}

impl Part {
    /// The bound of the error, in units of the last place: each of the seven fractions of a term loses at most one.
    #[must_use]
    pub fn error_units(&self) -> u64 {
        sum::error_units(self.to.saturating_sub(self.from)).unsigned_abs()
    }

    /// Whether the part may be one of [`partial`](super::partial()).
    pub(super) fn is_whole(&self) -> bool {
        let bits = LIMB_BITS as usize * self.limbs();
        Fraction::is_hex(&self.fraction)
            && (1..=MAX_POSITION).contains(&self.position)
            && self.from < self.to
            && self.to <= bellard::terms(self.position, bits as u64)
    }

    /// How many limbs its fraction has.
    pub(super) fn limbs(&self) -> usize {
        self.fraction.len() / LIMB_DIGITS
    }
}

/// How many terms the digits at a position need: their ranges must cover 0 to this.
///
/// # Errors
///
/// [`Error::HexPosition`] and [`Error::TooManyHexDigits`].
pub fn terms(position: u64, count: usize) -> Result<u64, Error> {
    if !(1..=MAX_POSITION).contains(&position) {
        return Err(Error::HexPosition { asked: position, max: MAX_POSITION });
    }
    if count > MAX_COUNT {
        return Err(Error::TooManyHexDigits { asked: count, max: MAX_COUNT });
    }
    Ok(bellard::terms(position, (LIMB_BITS as usize * width(position, count)) as u64))
}
