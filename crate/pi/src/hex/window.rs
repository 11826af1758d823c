//! Digits that are claimed, against the sum.

use super::fraction::{Fraction, LIMB_BITS};
use super::{bellard, sum};
use crate::run::{Error, Job};

/// Terms after which the progress moves: some milliseconds, worth the threads that are started for them.
const PIECE: usize = 1 << 18;

/// Whether a fraction is within `error` units of its last place of {16^(position − 1)·π}, modulo 1.
///
/// Its limbs have ten hexadecimal digits each, the most significant first. Little memory; the time is that
/// of [`super::digits()`].
pub(crate) fn is_near(position: u64, limbs: &[i64], error: i64, job: &Job) -> Result<bool, Error> {
    let terms = terms(position, limbs.len());
    let mut difference = Fraction::zero(limbs.len());
    difference.add(&limbs.iter().map(|limb| -limb).collect::<Vec<_>>());
    for start in (0..terms).step_by(PIECE) {
        let piece = start..terms.min(start + PIECE as u64);
        let cost = (piece.end - piece.start) * term_cost(limbs.len());
        difference.combine(&sum::of_terms(position, piece, limbs.len(), job)?);
        job.advance(cost);
    }
    Ok(difference.is_near_zero(error + sum::error_units(terms)))
}

/// The cost of [`is_near`] for so many limbs, in the unit of [`crate::arith::ntt::Plan::cost`].
pub(crate) fn is_near_cost(position: u64, limbs: usize) -> u64 {
    terms(position, limbs) * term_cost(limbs)
}

fn terms(position: u64, limbs: usize) -> u64 {
    bellard::terms(position, u64::from(LIMB_BITS) * limbs as u64)
}

fn term_cost(limbs: usize) -> u64 {
    9_000 + 1_800 * limbs as u64
}
