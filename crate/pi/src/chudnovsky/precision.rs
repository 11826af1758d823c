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
//! *Sum.* The spine has at most 32 parts that are truncated: together less than 2^(6 − 47.11·N − GUARD_BITS).

use super::term::BITS_PER_TERM;

/// What each truncation keeps beyond the bits that its part contributes.
pub(super) const GUARD_BITS: u64 = 64;

/// The terms whose sum is right to a relative error of 2^(1 − bits).
pub(super) fn terms(bits: u64) -> u64 {
    (bits as f64 / BITS_PER_TERM) as u64 + 2
}

/// The limbs that Q and T of a part of this many terms, up to the last one, must keep.
pub(super) fn kept_limbs(terms: u64) -> usize {
    let bits = (terms as f64 * BITS_PER_TERM) as u64 + 1 + GUARD_BITS;
    bits.div_ceil(64) as usize + 1
}
