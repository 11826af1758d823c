//! A quotient times a square root, the last formula of the series.

use super::inverse_sqrt::{INVERSE_SQRT_ERROR, inverse_sqrt, inverse_sqrt_cost, residual, residual_cost};
use super::reciprocal::{RECIPROCAL_ERROR, reciprocal, reciprocal_cost};
use super::{FRUGAL_LIMBS, top};
use crate::arith::cyclic::{Ring, RingFactor};
use crate::arith::limbs;
use crate::arith::mersenne::Residue;
use crate::run::allocation::{copy, push, zeros};
use crate::run::{Context, Error, parallel, threads};

/// The result of [`sqrt_ratio`] is less than this many units below the exact value.
///
/// With r = 1/√d − δ, x = 1/v − ξ and z = k·u·r/v − ζ, each of p limbs, the exact value is
/// z + Δ/v + (k·u·r/v)·e/2 + O(e²)·z, where Δ = k·u·r − v·z and e = 1 − d·r². What [`sqrt_ratio`] leaves out are
/// products of two errors: ξ·Δ, (ζ + Δ)·e and 0.4·e²; with ξ < 2^6, ζ, Δ < 2^35 and e < 2^34 units they come to
/// less than 2^72·B^−2p, where 2p is at least n + 2. Rounding down Δ, e and the result costs 2 + 1 + 1 units.
pub(crate) const RATIO_ERROR: u64 = 5;

// ξ·Δ + (ζ + Δ)·e + 0.4·e² units of B^−2p are less than one of B^(2 − 2p).
const _: () = {
    let e = INVERSE_SQRT_ERROR as u128 * (1 << 17);
    // k·(1 + 2^17·u) from the root, cut and multiplied by x ≤ 2; and ξ.
    let zeta = 2 * ((1 << 32) + (1 << 16) * INVERSE_SQRT_ERROR as u128) + RECIPROCAL_ERROR as u128 + 2;
    assert!(RECIPROCAL_ERROR as u128 * zeta + 2 * zeta * e + e * e < 1 << 127);
};

/// A fraction, and its residue as the last step that led to it demands, where the job verifies.
pub(crate) struct Ratio {
    pub(crate) limbs: Vec<u64>,
    pub(crate) residue: Option<Residue>,
}

/// k·u/(v·√d) from below, in n limbs.
///
/// For fractions u and 1/2 ≤ v < 1 of n ≥ 3 limbs each, k and d below 2^32, d no square, the result below 1.
///
/// This is Karp and Markstein's step, for the root and the quotient at once: both are computed to half the
/// precision only, and the last step, linear in both residuals, takes transforms of n limbs and none of 2n.
/// A. H. Karp and P. Markstein, "High-precision division and square root", ACM TOMS 23 (1997).
pub(crate) fn sqrt_ratio(u: Vec<u64>, v: Vec<u64>, k: u64, d: u64, cx: &Context) -> Result<Ratio, Error> {
    let n = v.len();
    debug_assert!(n >= 3 && u.len() == n && k >> 32 == 0);
    let p = half_precision(n);
    let root_and_residual = |cx: &Context| {
        let root = inverse_sqrt(d, p, cx)?;
        let mut residual = residual(d, &root, n, cx)?;
        limbs::shr_assign(&mut residual, 1);
        Ok((root, residual))
    };
    let threads = threads::for_roots(p, cx.threads);
    let ((root, root_residual), x) = if threads > 1 {
        // The two take about the same time.
        let cx = &cx.with_threads(threads / 2);
        let (root, x) = parallel::join(|| root_and_residual(cx), || reciprocal(&v, p, cx));
        (root?, x?)
    } else {
        (root_and_residual(cx)?, reciprocal(&v, p, cx)?)
    };

    // The products of p limbs are below B^2p, and Δ < 2^35·B^(n−p) takes one limb more than the precision. No more
    // than one residue lives at a time beside that of a product, and none when memory is to be saved.
    let ring = Ring::on(2 * p, cx.simd);
    let is_frugal = cx.frugal || n >= FRUGAL_LIMBS;
    let clear = || {
        if is_frugal {
            cx.points.clear();
        }
    };
    cx.points.keep(if is_frugal { 0 } else { 2 });
    let root = times_word(root, k);
    let scaled = copy(&ring.product(top(&u, p), RingFactor::Number(&root), cx)[p..2 * p]);
    clear();
    cx.job.check()?;
    let quotient = copy(&ring.product(&scaled, RingFactor::Number(&x), cx)[p..2 * p]);
    drop(scaled);
    clear();
    cx.job.check()?;
    let quotient_residue = (!is_frugal).then(|| ring.forward(&quotient, cx));
    let quotient_factor =
        quotient_residue.as_ref().map_or(RingFactor::Number(&quotient), RingFactor::Residue);
    let v = ring.negated(v);
    let residual = ring.sum_of_products(&[(&root, RingFactor::Number(&u)), (&v, quotient_factor)], cx);
    drop((root, u, v));
    cx.job.check()?;

    let equation = cx.job.verifies().then(|| {
        let numbers = [&quotient[..], &x, &residual[p..=n], &root_residual].map(Residue::of);
        let [quotient, x, residual, root_residual] = numbers;
        (quotient, x * residual + quotient * root_residual)
    });
    let products = [(&residual[p..=n], RingFactor::Number(&x)), (&root_residual[..], quotient_factor)];
    let correction = ring.sum_of_products(&products, cx);
    cx.job.check()?;

    let mut result = zeros(n);
    result[n - p..].copy_from_slice(&quotient);
    limbs::add_assign(&mut result, &correction[p..=n]);
    // The correction is a number without a wrap: 2p limbs hold n + 2.
    let residue = equation.map(|(quotient, product)| {
        quotient.shifted(64 * (n - p)) + (product - Residue::of(&correction[..p])).unshifted(64 * p)
    });
    Ok(Ratio { limbs: result, residue })
}

/// The cost of [`sqrt_ratio`] in n limbs, as its rings count it.
pub(crate) fn sqrt_ratio_cost(n: usize) -> u64 {
    let p = half_precision(n);
    let halves = inverse_sqrt_cost(p) + residual_cost(p) + reciprocal_cost(p);
    halves + 15 * Ring::new(2 * p).transform_cost()
}

/// The precision of the root and the reciprocal: the ring of [`sqrt_ratio`] has twice as many limbs.
pub(crate) fn half_precision(n: usize) -> usize {
    n.div_ceil(2) + 1
}

/// a·w, one limb longer.
fn times_word(mut a: Vec<u64>, w: u64) -> Vec<u64> {
    let carry = limbs::mul_word_assign(&mut a, w, 0);
    push(&mut a, carry);
    a
}
