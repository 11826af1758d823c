//! The reciprocal of a fraction.

use super::{FRUGAL_MIN, precision_before, top};
use crate::arith::cyclic::{Ring, RingFactor};
use crate::arith::limbs;
use crate::run::allocation::{copy, push, with_capacity, zeros};
use crate::run::{Context, Error};

/// X ≤ B^p/v < X + `RECIPROCAL_ERROR`, for a result X.
///
/// Let x = 1/v − ξ stand for X. Then x + x·(1 − v·x) is below 1/v by v·ξ². To v rounded up to the precision of
/// the step belongs a 1/v that is less by up to 4 units; rounding the residual and the result down costs
/// another 2 + 1. From one limb, within 7 units, two follow within 7² + 7, and with 56²·B^−2p the next ones
/// are within 8.
pub const RECIPROCAL_ERROR: u64 = 64;

// The residual, and with it the correction, has one limb above the reciprocal's units.
const _: () = assert!(RECIPROCAL_ERROR as u128 * 2 < 1 << 64);

/// B^p/v from below in p + 1 limbs, for a fraction 1/2 ≤ v < 1 given by its limbs.
pub(crate) fn reciprocal(v: &[u64], precision: usize, cx: &Context) -> Result<Vec<u64>, Error> {
    debug_assert!(v.last().is_some_and(|&x| x >> 63 == 1) && precision > 0);
    let divisor = rounded_up(v, precision);
    if precision == 1 {
        let x = match divisor[..] {
            [v] => u128::MAX / u128::from(v),
            // v rounded up is 1.
            _ => 1 << 64,
        };
        return Ok(vec![x as u64, (x >> 64) as u64]);
    }
    let before = precision_before(precision);
    let x = reciprocal(v, before, cx)?;

    // 1 − v·x < 64 units of x, and its product with x < 128: one limb above the precision is room enough.
    let ring = Ring::on(precision + 1, cx.simd);
    let x_residue = (precision < FRUGAL_MIN).then(|| ring.forward(&x, cx));
    let x_factor = x_residue.as_ref().map_or(RingFactor::Number(&x), RingFactor::Residue);
    let mut residual = ring.product(&divisor, x_factor, cx);
    drop(divisor);
    cx.job.check()?;
    ring.power_minus(precision + before, &mut residual);
    let residual = &residual[before..=precision];
    let correction = ring.product(residual, x_factor, cx);
    cx.job.check()?;

    let mut next = zeros(precision + 1);
    next[precision - before..].copy_from_slice(&x);
    limbs::add_assign(&mut next, &correction[before..=precision]);
    Ok(next)
}

/// The cost of [`reciprocal`], as its rings count it.
pub(super) fn reciprocal_cost(precision: usize) -> u64 {
    if precision == 1 {
        return 0;
    }
    reciprocal_cost(precision_before(precision)) + 5 * Ring::new(precision + 1).transform_cost()
}

/// v rounded up to at most `precision` limbs, and one more when that gives 1; exact where v is shorter.
fn rounded_up(v: &[u64], precision: usize) -> Vec<u64> {
    if v.len() <= precision {
        let mut exact = with_capacity(precision);
        exact.resize(precision - v.len(), 0);
        exact.extend_from_slice(v);
        return exact;
    }
    let mut rounded = copy(top(v, precision));
    if limbs::add_word(&mut rounded, 1) {
        push(&mut rounded, 1);
    }
    rounded
}
