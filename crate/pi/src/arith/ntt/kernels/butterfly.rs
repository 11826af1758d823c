//! Butterflies: the remainders modulo x^L − w and x^L + w of a polynomial modulo x^2L − w², two levels at once.
//!
//! In doubles inputs up to 3 p give outputs up to 3 p forward, and inputs up to 1.5 p outputs up to 1.5 p back.

use super::Arithmetic;
use crate::simd::Vectors;

/// Two levels forward: from a polynomial modulo x^4L − w1² to its remainders modulo x^L ∓ w2 and x^L ∓ w3,
/// where w2² = w1 and w3² = −w1.
#[inline(always)]
pub(crate) fn forward4<M: Arithmetic>(a: [M::Vector; 4], w: [M::Constant; 3], m: M) -> [M::Vector; 4] {
    if M::Simd::COMPACT { forward4_called(a, w, m) } else { forward4_inline(a, w, m) }
}

#[inline(always)]
fn forward4_inline<M: Arithmetic>(a: [M::Vector; 4], [w1, w2, w3]: [M::Constant; 3], m: M) -> [M::Vector; 4] {
    let (a0, a1) = (m.reduce(a[0]), m.narrow(a[1]));
    let (t2, t3) = (m.mul(a[2], w1), m.mul(a[3], w1));
    let (b0, b2) = (m.add(a0, t2), m.sub(a0, t2));
    let (b1, b3) = (m.add(a1, t3), m.sub(a1, t3));
    let (u1, u3) = (m.mul(b1, w2), m.mul(b3, w3));
    [m.add(b0, u1), m.sub(b0, u1), m.add(b2, u3), m.sub(b2, u3)]
}

/// Inlined into every compact kernel again, the steps would make a tenth of the binary.
#[inline(never)]
fn forward4_called<M: Arithmetic>(a: [M::Vector; 4], w: [M::Constant; 3], m: M) -> [M::Vector; 4] {
    forward4_inline(a, w, m)
}

/// Undoes [`forward4`], times 4; the factors are −1/w1, −1/w2, −1/w3.
#[inline(always)]
pub(crate) fn inverse4<M: Arithmetic>(c: [M::Vector; 4], w: [M::Constant; 3], m: M) -> [M::Vector; 4] {
    if M::Simd::COMPACT { inverse4_called(c, w, m) } else { inverse4_inline(c, w, m) }
}

#[inline(always)]
fn inverse4_inline<M: Arithmetic>(c: [M::Vector; 4], [w1, w2, w3]: [M::Constant; 3], m: M) -> [M::Vector; 4] {
    let (b0, b1) = (m.add(c[0], c[1]), m.mul(m.sub(c[1], c[0]), w2));
    let (b2, b3) = (m.narrow(m.add(c[2], c[3])), m.mul(m.sub(c[3], c[2]), w3));
    let (a0, a2) = (m.add(b0, b2), m.mul_wide(m.sub_sum(b2, b0), w1));
    let (a1, a3) = (m.add(b1, b3), m.mul(m.sub(b3, b1), w1));
    [m.reduce(a0), m.reduce(a1), a2, a3]
}

#[inline(never)]
fn inverse4_called<M: Arithmetic>(c: [M::Vector; 4], w: [M::Constant; 3], m: M) -> [M::Vector; 4] {
    inverse4_inline(c, w, m)
}

/// One level forward. In doubles inputs up to 3 p give outputs up to 1.5 p.
#[inline(always)]
pub(crate) fn forward2<M: Arithmetic>(a: [M::Vector; 2], w: M::Constant, m: M) -> [M::Vector; 2] {
    let (a0, t) = (m.reduce(a[0]), m.mul(a[1], w));
    [m.add(a0, t), m.sub(a0, t)]
}

/// Undoes [`forward2`], times 2; the factor is −1/w.
#[inline(always)]
pub(crate) fn inverse2<M: Arithmetic>(c: [M::Vector; 2], w: M::Constant, m: M) -> [M::Vector; 2] {
    [m.reduce(m.add(c[0], c[1])), m.mul(m.sub(c[1], c[0]), w)]
}
