//! A part of the sum that can travel: the terms of a range, as text.

use std::ops::Range;

use super::fraction::{Fraction, LIMB_BITS};
use super::{bellard, partial, width};
use crate::run::{Error, Job};
use crate::{MAX_HEX_DIGITS, MAX_HEX_POSITION};

/// The format of a [`HexPart`] and the formula behind it: only parts of one version add up.
pub const HEX_PART_VERSION: u32 = 1;

/// A piece of the work for the digits at one position: the terms `from` ≤ n < `to` of the series.
///
/// [`crate::hex_digits_plan`] makes them; any other cut of 0..[`hex_terms`] is as good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HexRange {
    /// That of the first digit wanted, from 1 to [`MAX_HEX_POSITION`].
    pub position: u64,
    /// The digits wanted, to [`MAX_HEX_DIGITS`]: with the position, the length of the fractions.
    pub count: usize,
    /// The first term.
    pub from: u64,
    /// The term after the last one, above `from`.
    pub to: u64,
}

/// The sum of the terms of a range, modulo 1: what [`hex_digits_partial`] gives and
/// [`crate::hex_digits_combine`] adds up.
///
/// `fraction` is 16^k times that sum, k its length, in upper-case hexadecimal digits. It is less than
/// [`HexPart::error_units`] units of its last place from the exact sum, and the same on every machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HexPart {
    /// The position that the terms belong to.
    pub position: u64,
    /// The first term.
    pub from: u64,
    /// The term after the last one.
    pub to: u64,
    /// Hexadecimal digits after the point, a multiple of ten of them.
    pub fraction: String,
}

impl HexPart {
    /// The bound of the error, in units of the last place: each of the seven fractions of a term loses at most one.
    #[must_use]
    pub fn error_units(&self) -> u64 {
        partial::error_units(self.to.saturating_sub(self.from)).unsigned_abs()
    }

    /// Reads the fraction; none if the part cannot be one of [`hex_digits_partial`].
    pub(super) fn parse(&self) -> Option<Fraction> {
        let fraction = Fraction::from_hex(&self.fraction)?;
        let bits = LIMB_BITS as usize * fraction.limbs();
        let in_range = (1..=MAX_HEX_POSITION).contains(&self.position)
            && self.from < self.to
            && self.to <= bellard::terms(self.position, bits as u64);
        in_range.then_some(fraction)
    }
}

/// How many terms the digits at a position need: their ranges must cover 0 to this.
///
/// # Errors
///
/// [`Error::HexPosition`] and [`Error::TooManyHexDigits`].
pub fn hex_terms(position: u64, count: usize) -> Result<u64, Error> {
    if !(1..=MAX_HEX_POSITION).contains(&position) {
        return Err(Error::HexPosition { asked: position, max: MAX_HEX_POSITION });
    }
    if count > MAX_HEX_DIGITS {
        return Err(Error::TooManyHexDigits { asked: count, max: MAX_HEX_DIGITS });
    }
    Ok(bellard::terms(position, (LIMB_BITS as usize * width(position, count)) as u64))
}

/// The sum over one range of terms: a part of the work of [`crate::hex_digits`] that any machine can do.
///
/// A pure function: the same range gives the same part everywhere, with any threads and any instruction set, so that
/// a part may be computed again, or twice, at will. O((to − from) log position) time, little memory.
///
/// # Errors
///
/// Those of [`crate::hex_digits`], and [`Error::HexTerms`] for a range that is empty or not within the terms.
///
/// ```
/// use compute_pi::{HexRange, Job, hex_digits_combine, hex_digits_partial, hex_terms};
///
/// let (position, count) = (10_000, 16);
/// let terms = hex_terms(position, count)?;
/// let part = |from, to| hex_digits_partial(&HexRange { position, count, from, to }, &Job::new());
/// let sum = hex_digits_combine(&[part(1000, terms)?, part(0, 1000)?]).unwrap();
/// assert!(sum.digits.starts_with("68AC8FCFB8016CBD"));
/// # Ok::<(), compute_pi::Error>(())
/// ```
pub fn hex_digits_partial(range: &HexRange, job: &Job) -> Result<HexPart, Error> {
    let &HexRange { position, count, from, to } = range;
    let terms = hex_terms(position, count)?;
    if from >= to || to > terms {
        return Err(Error::HexTerms { from, to, terms });
    }
    job.check()?;
    job.begin(to - from);
    let sum = partial::sum(position, Range { start: from, end: to }, width(position, count), job)?;
    Ok(HexPart { position, from, to, fraction: sum.to_hex() })
}
