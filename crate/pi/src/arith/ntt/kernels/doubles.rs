//! Modular arithmetic on doubles: signed representatives.
//!
//! The product a·b modulo p is exact: h + l = a·b by FMA, q is the quotient rounded to an integer, and
//! (h − q·p) + l is a representative. J. van der Hoeven, G. Lecerf and G. Quintin, "Modular SIMD arithmetic in
//! Mathemagix" (2016).

use super::{Arithmetic, Field, Form};
use crate::simd::{EXPONENT, Vector, portable};

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

    #[inline(always)]
    fn mul_inline(self, a: V, b: V) -> V {
        let (h, l) = a.two_product(b);
        h.mul(self.p_inverse).round().residue(self.p, h).add(l)
    }

    #[inline(always)]
    fn reduce_inline(self, x: V) -> V {
        x.mul(self.p_inverse).round().residue(self.p, x)
    }

    /// Inlined into every compact kernel again, the steps would make a tenth of the binary.
    #[inline(never)]
    fn mul_called(self, a: V, b: V) -> V {
        self.mul_inline(a, b)
    }

    #[inline(never)]
    fn reduce_called(self, x: V) -> V {
        self.reduce_inline(x)
    }
}

impl<V: Vector> Arithmetic for Modulus<V> {
    type Vector = V;
    type Factor = V;
    /// 2^bits/p and 2^bits.
    type Shift = (V, V);

    const FORM: Form = Form::Doubles;
    const MINUS_ONE: f64 = -1.0;

    #[inline(always)]
    fn of(field: &Field) -> Self {
        Self::new(field.p)
    }

    /// None.
    #[inline(always)]
    fn rest(self) -> V {
        self.p
    }

    #[inline(always)]
    fn scaled(self, entries: V, w: V, _: V) -> V {
        self.reduce(self.mul(entries, w))
    }

    #[inline(always)]
    fn factor(self, entries: V) -> V {
        entries
    }

    /// (p + 1)/2 less p.
    #[inline(always)]
    fn half(self) -> V {
        V::splat(0.5).sub(self.p.mul(V::splat(0.5)))
    }

    #[inline(always)]
    fn shift(self, bits: u32) -> (V, V) {
        let radix = V::splat((1u64 << bits) as f64);
        (radix.mul(self.p_inverse), radix)
    }

    #[inline(always)]
    fn digits(self, digits: V) -> V {
        digits.sub(V::splat(f64::from_bits(EXPONENT)))
    }

    #[inline(always)]
    fn horner(self, x: V, (quotient, radix): (V, V), y: V) -> V {
        // The product with a power of two is exact.
        x.mul(quotient).round().residue(self.p, x.mul(radix)).add(y)
    }

    #[inline(always)]
    fn add(self, a: V, b: V) -> V {
        a.add(b)
    }

    #[inline(always)]
    fn sub(self, a: V, b: V) -> V {
        a.sub(b)
    }

    #[inline(always)]
    fn sub_sum(self, a: V, b: V) -> V {
        a.sub(b)
    }

    /// A representative of a·b. With |a| ≤ A·p and |b| ≤ B·p it is at most (1/2 + 0.302·A·B)·p; twiddle factors
    /// have B = 1/2.
    #[inline(always)]
    fn mul(self, a: V, b: V) -> V {
        if V::COMPACT { self.mul_called(a, b) } else { self.mul_inline(a, b) }
    }

    /// A representative of x of at most (1/2 + 2^-40)·p.
    #[inline(always)]
    fn reduce(self, x: V) -> V {
        if V::COMPACT { self.reduce_called(x) } else { self.reduce_inline(x) }
    }

    #[inline(always)]
    fn narrow(self, x: V) -> V {
        x
    }

    #[inline(always)]
    fn product(self, a: V, b: V) -> V {
        self.mul(self.reduce(a), b)
    }

    #[inline(always)]
    fn doubles(self, x: V) -> V {
        x
    }
}

/// `out[i] = a[i]·w` modulo p, in (−p/2, p/2), for table building.
pub(crate) fn scale_words(out: &mut [f64], a: &[f64], w: f64, p: f64) {
    let m = Modulus::<portable::Array>::new(p);
    for (out, a) in out.chunks_mut(4).zip(a.chunks(4)) {
        let mut four = [0.0; 4];
        four[..a.len()].copy_from_slice(a);
        let product = m.mul(Vector::load(&four), Vector::splat(w));
        out.copy_from_slice(&m.reduce(product).to_array()[..out.len()]);
    }
}
