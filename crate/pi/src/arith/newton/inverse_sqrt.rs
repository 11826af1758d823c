//! The inverse square root of a word.

use super::precision_before;
use crate::arith::cyclic::{Ring, RingFactor};
use crate::arith::limbs;
use crate::run::allocation::{copy, zeros};
use crate::run::{Context, Error};

/// R ≤ B^p/√d < R + `INVERSE_SQRT_ERROR`, for a result R of p limbs.
///
/// Let r = 1/√d − δ stand for R. Then e = 1 − d·r² < 2√d·δ, and r + r·e/2 is below 1/√d by less than
/// 1.5·√d·δ² + δ³·d. R and e are rounded down, which costs less than r/2 + 1 < 1.6 units of the new precision.
/// With d < 2^32 and at the start δ < 1 unit of B^−1, two limbs follow within 1.5·2^16 + 1.6 units, and from
/// then on 1.5·2^16·(2^17)² < 2^51 units of B^−2p vanish beside one unit of B^(1−2p).
pub const INVERSE_SQRT_ERROR: u64 = 1 << 17;

// The residual of a root, below 2·2^16 times its error, has one limb above the root's units.
const _: () = assert!(INVERSE_SQRT_ERROR as u128 * (1 << 17) < 1 << 64);

/// B^p/√d from below, for 2 ≤ d < 2^32 that is no square.
pub(crate) fn inverse_sqrt(d: u64, precision: usize, cx: &Context) -> Result<Vec<u64>, Error> {
    debug_assert!((2..1 << 32).contains(&d) && precision > 0);
    if precision == 1 {
        // B² = u128::MAX + 1, and d does not divide it exactly or the root would be a power of two.
        return Ok(vec![(u128::MAX / u128::from(d)).isqrt() as u64]);
    }
    let before = precision_before(precision);
    let root = inverse_sqrt(d, before, cx)?;
    let residual = residual(d, &root, precision, cx)?;

    let ring = Ring::on(precision + 1, cx.simd);
    let mut correction = ring.product(&residual, RingFactor::Number(&root), cx);
    cx.job.check()?;
    limbs::shr_assign(&mut correction, 1);

    let mut next = zeros(precision);
    next[precision - before..].copy_from_slice(&root);
    limbs::add_assign(&mut next, &correction[before..=precision]);
    Ok(next)
}

/// The cost of [`inverse_sqrt`], as its rings count it.
pub(super) fn inverse_sqrt_cost(precision: usize) -> u64 {
    if precision == 1 {
        return 0;
    }
    let before = precision_before(precision);
    inverse_sqrt_cost(before) + residual_cost(before) + 3 * Ring::new(precision + 1).transform_cost()
}

/// The cost of [`residual`] for a root of so many limbs.
pub(super) fn residual_cost(precision: usize) -> u64 {
    2 * Ring::new(precision + 1).transform_cost()
}

/// 1 − d·r², rounded down to `precision` fractional limbs, for r from below with fewer limbs.
///
/// It is less than 2√d·δ < 2^34 units of r, so that one limb above them is room enough.
pub(super) fn residual(d: u64, root: &[u64], precision: usize, cx: &Context) -> Result<Vec<u64>, Error> {
    let p = root.len();
    let ring = Ring::on(p + 1, cx.simd);
    let mut square = ring.product(root, RingFactor::Itself, cx);
    cx.job.check()?;
    let mut carry = limbs::mul_word_assign(&mut square, d, 0);
    while carry != 0 {
        carry = u64::from(limbs::add_word(&mut square, carry));
    }
    ring.power_minus(2 * p, &mut square);
    Ok(copy(&square[2 * p - precision..=p]))
}
