//! Products in the transform domain, as [`Arithmetic::product`] gives them.
//!
//! In doubles inputs up to 3 p give outputs up to 1.5 p.

use super::{Arithmetic, Field, vectors, vectors_mut};
use crate::simd::{Line, Vector};

/// out = the table entries of the products of a factor, which has the entry w, with those that have these entries.
#[inline(always)]
pub(crate) fn scale<M: Arithmetic>(out: &mut [Line], entries: &[Line], w: f64, field: &Field) {
    let m = M::of(field);
    let (w, rest) = (m.factor(M::Vector::splat(w)), m.rest());
    for (out, &entries) in vectors_mut(out).iter_mut().zip(vectors(entries)) {
        *out = m.scaled(entries, w, rest);
    }
}

/// x = x·y
#[inline(always)]
pub(crate) fn multiply<M: Arithmetic>(x: &mut [Line], y: &[Line], field: &Field) {
    let m = M::of(field);
    for (x, &y) in vectors_mut(x).iter_mut().zip(vectors(y)) {
        *x = m.product(*x, y);
    }
}

/// x = x²
#[inline(always)]
pub(crate) fn square<M: Arithmetic>(x: &mut [Line], field: &Field) {
    let m = M::of(field);
    for x in vectors_mut(x) {
        *x = m.product(*x, *x);
    }
}

/// x = x + a·b
#[inline(always)]
pub(crate) fn multiply_add<M: Arithmetic>(x: &mut [Line], a: &[Line], b: &[Line], field: &Field) {
    let m = M::of(field);
    for ((x, &a), &b) in vectors_mut(x).iter_mut().zip(vectors(a)).zip(vectors(b)) {
        *x = m.reduce(m.add(*x, m.product(a, b)));
    }
}
