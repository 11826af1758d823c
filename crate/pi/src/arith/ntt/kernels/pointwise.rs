//! Products in the transform domain, as [`Arithmetic::product`] gives them.
//!
//! In doubles inputs up to 3 p give outputs up to 1.5 p.

use super::{Arithmetic, points, points_mut};
use crate::simd::{Line, Vectors};

/// out = the table entries of the products of a factor, which has the entry w, with those that have these entries.
#[inline(always)]
pub(crate) fn scale<M: Arithmetic>(out: &mut [Line], entries: &[Line], w: f64, m: M) {
    let (w, rest) = (m.factor(m.simd().splat(w)), m.rest());
    for (out, &entries) in points_mut::<M>(out).iter_mut().zip(points::<M>(entries)) {
        *out = m.scaled(entries, w, rest);
    }
}

/// x = x·y
#[inline(always)]
pub(crate) fn multiply<M: Arithmetic>(x: &mut [Line], y: &[Line], m: M) {
    for (x, &y) in points_mut::<M>(x).iter_mut().zip(points::<M>(y)) {
        *x = m.product(*x, y);
    }
}

/// x = x²
#[inline(always)]
pub(crate) fn square<M: Arithmetic>(x: &mut [Line], m: M) {
    for x in points_mut::<M>(x) {
        *x = m.product(*x, *x);
    }
}

/// x = x + a·b
#[inline(always)]
pub(crate) fn multiply_add<M: Arithmetic>(x: &mut [Line], a: &[Line], b: &[Line], m: M) {
    for ((x, &a), &b) in points_mut::<M>(x).iter_mut().zip(points::<M>(a)).zip(points::<M>(b)) {
        *x = m.reduce(m.add(*x, m.product(a, b)));
    }
}
