//! Modular arithmetic on vectors of signed representatives.
//!
//! The product a·b modulo p is exact: h + l = a·b by FMA, q is the quotient rounded to an integer, and
//! (h − q·p) + l is a representative. J. van der Hoeven, G. Lecerf and G. Quintin, "Modular SIMD arithmetic in
//! Mathemagix" (2016).

use super::{Vector, compact};

/// A prime, in every lane.
#[derive(Clone, Copy)]
pub(crate) struct Modulus<V> {
    pub(crate) p: V,
    pub(crate) p_inverse: V,
}

impl<V: Vector> Modulus<V> {
    #[inline(always)]
    pub(crate) fn new(p: f64) -> Self {
        Self { p: V::splat(p), p_inverse: V::splat(1.0 / p) }
    }

    /// A representative of a·b. With |a| ≤ A·p and |b| ≤ B·p it is at most (1/2 + 0.306·A·B)·p; twiddle factors
    /// have B = 1/2.
    #[inline(always)]
    pub(crate) fn mul(self, a: V, b: V) -> V {
        if V::COMPACT { compact::mul(self, a, b) } else { self.mul_inline(a, b) }
    }

    /// A representative of x of at most (1/2 + 2^-40)·p.
    #[inline(always)]
    pub(crate) fn reduce(self, x: V) -> V {
        if V::COMPACT { compact::reduce(self, x) } else { self.reduce_inline(x) }
    }

    #[inline(always)]
    pub(super) fn mul_inline(self, a: V, b: V) -> V {
        let (h, l) = a.two_product(b);
        h.mul(self.p_inverse).round().residue(self.p, h).add(l)
    }

    #[inline(always)]
    pub(super) fn reduce_inline(self, x: V) -> V {
        x.mul(self.p_inverse).round().residue(self.p, x)
    }
}
