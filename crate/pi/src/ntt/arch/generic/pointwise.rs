//! Products in the transform domain. Inputs up to 3 p give outputs up to 1.5 p.

use super::super::super::line::Line;
use super::super::Field;
use super::{Modulus, Vector, vectors, vectors_mut};

/// x = x·y
#[inline(always)]
pub(crate) fn multiply<V: Vector>(x: &mut [Line], y: &[Line], field: &Field) {
    let m = Modulus::<V>::new(field.p);
    for (x, &y) in vectors_mut::<V>(x).iter_mut().zip(vectors(y)) {
        *x = m.mul(m.reduce(*x), y);
    }
}

/// x = x²
#[inline(always)]
pub(crate) fn square<V: Vector>(x: &mut [Line], field: &Field) {
    let m = Modulus::<V>::new(field.p);
    for x in vectors_mut::<V>(x) {
        let reduced = m.reduce(*x);
        *x = m.mul(reduced, reduced);
    }
}

/// x = x + a·b
#[inline(always)]
pub(crate) fn multiply_add<V: Vector>(x: &mut [Line], a: &[Line], b: &[Line], field: &Field) {
    let m = Modulus::<V>::new(field.p);
    for ((x, &a), &b) in vectors_mut::<V>(x).iter_mut().zip(vectors(a)).zip(vectors(b)) {
        *x = m.reduce(x.add(m.mul(m.reduce(a), b)));
    }
}
