//! Adds parts of adjoining ranges, and refuses everything else.

use super::bellard;
use super::fraction::{Fraction, LIMB_BITS};
use super::part::Part;
use super::sum::error_units;
use crate::run::allocation::{refusable_as, with_capacity};

/// Why parts do not add up. `from` and `to` are the terms in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PartsError {
    /// There are no parts.
    #[error("there are no parts")]
    Empty,
    /// A part that [`partial`](super::partial()) cannot have given: its range or its fraction is damaged.
    #[error("the part of the terms {from} to {to} is damaged")]
    Malformed {
        /// The part's first term.
        from: u64,
        /// The term after its last one.
        to: u64,
    },
    /// A part belongs to another position or has a fraction of another length than the others.
    #[error("the part of the terms {from} to {to} belongs to another position or another count of digits")]
    Mixed {
        /// The part's first term.
        from: u64,
        /// The term after its last one.
        to: u64,
    },
    /// Two parts of one range differ: at least one of them is wrong.
    #[error("two parts of the terms {from} to {to} disagree")]
    Disagree {
        /// Their first term.
        from: u64,
        /// The term after their last one.
        to: u64,
    },
    /// Terms that two different ranges hold.
    #[error("the terms {from} to {to} are in two parts of different ranges")]
    Overlap {
        /// The first term that is held twice.
        from: u64,
        /// The term after the last one.
        to: u64,
    },
    /// The system refused memory.
    #[error("the system refused {bytes} bytes of memory")]
    Allocation {
        /// The length of the vector that they were asked for.
        bytes: u64,
    },
    /// Terms that no part holds.
    #[error("no part holds the terms {from} to {to}")]
    Gap {
        /// The first term that is missing.
        from: u64,
        /// The term after the last one.
        to: u64,
    },
}

/// The whole sum, and the digits that follow from it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Sum {
    /// That of the first digit.
    pub position: u64,
    /// The sum, as in [`Part`].
    pub fraction: String,
    /// The exact fraction is less than this many units of the last place away.
    pub error_units: u64,
    /// The leading digits of `fraction` that are the same for every number so near: these are pi's. Fewer than
    /// were planned for in one case of 65,536; then the parts must be computed for a larger count.
    pub digits: String,
}

/// Adds parts of adjoining ranges to one part, in any order; a part that comes again is counted once.
///
/// Reduces in a tree what is too much for one machine.
///
/// # Errors
///
/// [`PartsError`], when the parts are damaged, differ where they must not, or leave a gap between them.
pub fn merge(parts: &[Part]) -> Result<Part, PartsError> {
    refusable_as(refused, || {
        let (merged, sum) = total(parts)?;
        Ok(Part { fraction: sum.to_hex(), ..merged })
    })
}

/// Adds the parts of all terms, in any order, to the digits at their position; a part that comes again is counted once.
///
/// # Errors
///
/// [`PartsError`]: everything but each term exactly once is refused. See [`partial`](super::partial()) for an example.
pub fn combine(parts: &[Part]) -> Result<Sum, PartsError> {
    refusable_as(refused, || {
        let (Part { position, from, to, .. }, sum) = total(parts)?;
        let terms = bellard::terms(position, LIMB_BITS as u64 * sum.limbs() as u64);
        if from > 0 {
            return Err(PartsError::Gap { from: 0, to: from });
        }
        if to < terms {
            return Err(PartsError::Gap { from: to, to: terms });
        }
        let error = error_units(terms);
        Ok(Sum {
            position,
            fraction: sum.to_hex(),
            error_units: error.unsigned_abs(),
            digits: sum.leading_digits(error),
        })
    })
}

fn refused(bytes: u64) -> PartsError {
    PartsError::Allocation { bytes }
}

/// The range of all the parts, without a fraction, and their sum.
fn total(parts: &[Part]) -> Result<(Part, Fraction), PartsError> {
    if let Some(&Part { from, to, .. }) = parts.iter().find(|part| !part.is_whole()) {
        return Err(PartsError::Malformed { from, to });
    }
    let mut sorted = with_capacity(parts.len());
    sorted.extend(parts);
    sorted.sort_unstable_by_key(|part: &&Part| (part.from, part.to));
    let mut sorted = sorted.into_iter();
    let first = sorted.next().ok_or(PartsError::Empty)?;
    let mut sum = read(first)?;
    let mut last = first;
    for part in sorted {
        let &Part { position, from, to, .. } = part;
        if position != first.position || part.limbs() != sum.limbs() {
            return Err(PartsError::Mixed { from, to });
        }
        if (from, to) == (last.from, last.to) {
            if part.fraction.eq_ignore_ascii_case(&last.fraction) {
                continue;
            }
            return Err(PartsError::Disagree { from, to });
        }
        if from < last.to {
            return Err(PartsError::Overlap { from, to: to.min(last.to) });
        }
        if from > last.to {
            return Err(PartsError::Gap { from: last.to, to: from });
        }
        sum.combine(&read(part)?);
        last = part;
    }
    let range = Part { position: first.position, from: first.from, to: last.to, fraction: String::new() };
    Ok((range, sum))
}

fn read(part: &Part) -> Result<Fraction, PartsError> {
    Fraction::from_hex(&part.fraction).ok_or(PartsError::Malformed { from: part.from, to: part.to })
}
