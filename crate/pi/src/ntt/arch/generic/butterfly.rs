//! Butterflies: the remainders modulo x^L − w and x^L + w of a polynomial modulo x^2L − w², two levels at once.

use super::{Modulus, Vector, compact};

/// Two levels forward: from a polynomial modulo x^4L − w1² to its remainders modulo x^L ∓ w2 and x^L ∓ w3,
/// where w2² = w1 and w3² = −w1.
///
/// Inputs up to 3 p give outputs up to 3 p.
#[inline(always)]
pub(crate) fn forward4<V: Vector>(a: [V; 4], w: [V; 3], m: Modulus<V>) -> [V; 4] {
    if V::COMPACT { compact::forward4(a, w, m) } else { forward4_inline(a, w, m) }
}

#[inline(always)]
pub(super) fn forward4_inline<V: Vector>(a: [V; 4], [w1, w2, w3]: [V; 3], m: Modulus<V>) -> [V; 4] {
    let a0 = m.reduce(a[0]);
    let (t2, t3) = (m.mul(a[2], w1), m.mul(a[3], w1));
    let (b0, b2) = (a0.add(t2), a0.sub(t2));
    let (b1, b3) = (a[1].add(t3), a[1].sub(t3));
    let (u1, u3) = (m.mul(b1, w2), m.mul(b3, w3));
    [b0.add(u1), b0.sub(u1), b2.add(u3), b2.sub(u3)]
}

/// Undoes [`forward4`], times 4; the factors are −1/w1, −1/w2, −1/w3.
///
/// Inputs up to 1.5 p give outputs up to 1.5 p.
#[inline(always)]
pub(crate) fn inverse4<V: Vector>(c: [V; 4], w: [V; 3], m: Modulus<V>) -> [V; 4] {
    if V::COMPACT { compact::inverse4(c, w, m) } else { inverse4_inline(c, w, m) }
}

#[inline(always)]
pub(super) fn inverse4_inline<V: Vector>(c: [V; 4], [w1, w2, w3]: [V; 3], m: Modulus<V>) -> [V; 4] {
    let (b0, b1) = (c[0].add(c[1]), m.mul(c[1].sub(c[0]), w2));
    let (b2, b3) = (c[2].add(c[3]), m.mul(c[3].sub(c[2]), w3));
    let (a0, a2) = (b0.add(b2), m.mul(b2.sub(b0), w1));
    let (a1, a3) = (b1.add(b3), m.mul(b3.sub(b1), w1));
    [m.reduce(a0), m.reduce(a1), a2, a3]
}

/// One level forward. Inputs up to 3 p give outputs up to 1.5 p.
#[inline(always)]
pub(crate) fn forward2<V: Vector>(a: [V; 2], w: V, m: Modulus<V>) -> [V; 2] {
    let (a0, t) = (m.reduce(a[0]), m.mul(a[1], w));
    [a0.add(t), a0.sub(t)]
}

/// Undoes [`forward2`], times 2; the factor is −1/w. Inputs up to 1.5 p give outputs up to 1.5 p.
#[inline(always)]
pub(crate) fn inverse2<V: Vector>(c: [V; 2], w: V, m: Modulus<V>) -> [V; 2] {
    [m.reduce(c[0].add(c[1])), m.mul(c[1].sub(c[0]), w)]
}
