//! What the compact kernels call: inlined into every kernel again, these steps would make a tenth of the binary.

use super::butterfly;
use super::{Arithmetic, Modulus};
use crate::simd::Vector;

#[inline(never)]
pub(super) fn mul<V: Vector>(m: Modulus<V>, a: V, b: V) -> V {
    m.mul_inline(a, b)
}

#[inline(never)]
pub(super) fn reduce<V: Vector>(m: Modulus<V>, x: V) -> V {
    m.reduce_inline(x)
}

#[inline(never)]
pub(super) fn forward4<M: Arithmetic>(a: [M::Vector; 4], w: [M::Factor; 3], m: M) -> [M::Vector; 4] {
    butterfly::forward4_inline(a, w, m)
}

#[inline(never)]
pub(super) fn inverse4<M: Arithmetic>(c: [M::Vector; 4], w: [M::Factor; 3], m: M) -> [M::Vector; 4] {
    butterfly::inverse4_inline(c, w, m)
}
