//! How many terms and limbs the digits need: the error budget of the series.
//!
//! Let S = T/Q be the sum of the terms a ≤ k < N, scaled so that its first term is of the order of one. All errors
//! are relative to S.
//!
//! *Terms.* The series alternates with falling terms, so leaving out the terms from N on errs by less than the first
//! of them: 2^(−47.11·(N − a)).
//!
//! *Truncation.* Only parts that reach to N, the right-most spine, are ever truncated: Q and T both lose their lowest
//! limbs down to `kept` limbs. That changes T/Q by a factor within 1 ± 2·2^(−64·(kept − 1)), as each number keeps
//! more than 64·(kept − 1) bits. The part from m on enters the sum from a on with the weight
//! P₁/Q₁ · S₂/S ≤ 2^(−47.11·(m − a)), so `kept` may fall along the spine as the weight does: the part from m on
//! needs [`BITS_PER_TERM`]·(N − m) + [`GUARD_BITS`] bits to err, seen from the root, by no more than
//! 2^(1 − 47.11·N − GUARD_BITS). Both T = T₁Q₂ + P₁T₂ and Q = Q₁Q₂ take the same truncated Q₂, and so its error
//! cancels from the first summand: that is why the right half needs only half the precision.
//!
//! *Last quotient.* The last merge of long parts makes Q₁·B^f and T₁·B^f + P₁·(T₂/Q₂)·B^f in place of Q and T: see
//! [`super::last`]. With r fractional limbs the reciprocal of Q₂ = v·B^m is short by less than
//! [`RECIPROCAL_ERROR`] units of B^−r, T₂ times that and the limbs that are dropped by less than
//! (RECIPROCAL_ERROR + 1)·B^max(0, |T₂| − m), for numbers of |T₂| limbs, and P₁ times that by |P₁| limbs more. As r is
//! |P₁| + f + max(0, |T₂| − m) and [`QUOTIENT_GUARD_LIMBS`] = 2 more, these are less than one unit of B^−f, and
//! another one is dropped. T has at least `kept` + 1 limbs: an error below 2·2^(−64·kept), less than that of a
//! truncation.
//!
//! *Sum.* The spine has at most 32 parts that are truncated: together less than 2^(6 − 47.11·N − GUARD_BITS).

use super::term::BITS_PER_TERM;
use crate::arith::newton::RECIPROCAL_ERROR;

/// The bits that each truncation keeps beyond those that its part contributes.
pub(super) const GUARD_BITS: u64 = 64;

/// Limbs of the last merge's T/Q below those that are kept, and of its quotient below those.
pub(super) const QUOTIENT_GUARD_LIMBS: usize = 2;

// The quotient of the last merge errs by less than a unit of what is kept of it.
const _: () = assert!(QUOTIENT_GUARD_LIMBS == 2 && RECIPROCAL_ERROR + 1 < u64::MAX);

/// The terms whose sum is right to a relative error of 2^(1 − bits).
pub(super) fn terms(bits: u64) -> u64 {
    (bits as f64 / BITS_PER_TERM) as u64 + 2
}

/// The limbs that Q and T of a part of this many terms, up to the last one, must keep.
pub(super) fn kept_limbs(terms: u64) -> usize {
    let bits = (terms as f64 * BITS_PER_TERM) as u64 + 1 + GUARD_BITS;
    bits.div_ceil(64) as usize + 1
}
