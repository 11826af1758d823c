//! Modular arithmetic on doubles: signed representatives.
//!
//! The product a·b modulo p is exact: h + l = a·b by FMA, q is the quotient rounded to an integer, and
//! (h − q·p) + l is a representative. J. van der Hoeven, G. Lecerf and G. Quintin, "Modular SIMD arithmetic in
//! Mathemagix" (2016). Modulo short primes l is nothing, and the difference needs no FMA.

use super::{Arithmetic, Field};
use crate::arith::ntt::primes::SHORT;
use crate::simd::{EXPONENT, Portable, Vectors};

/// A prime, in every lane.
#[derive(Clone, Copy)]
pub(crate) struct Modulus<S: Vectors> {
    simd: S,
    pub(crate) p: S::Vector,
    pub(crate) p_inverse: S::Vector,
}

impl<S: Vectors> Modulus<S> {
    #[inline(always)]
    pub(crate) fn new(p: f64, simd: S) -> Self {
        Self { simd, p: simd.splat(p), p_inverse: simd.splat(1.0 / p) }
    }

    #[inline(always)]
    pub(crate) fn of(field: &Field, simd: S) -> Self {
        Self::new(field.p, simd)
    }

    #[inline(always)]
    fn mul_inline<const WIDE: bool>(self, a: S::Vector, b: S::Vector) -> S::Vector {
        let s = self.simd;
        if SHORT {
            return self.reduce_inline(s.mul(a, b));
        }
        let (h, l) = s.two_product(a, b);
        let quotient =
            if WIDE { s.round(s.mul(h, self.p_inverse)) } else { s.nearest_product(h, self.p_inverse) };
        s.add(s.residue(quotient, self.p, h), l)
    }

    #[inline(always)]
    fn reduce_inline(self, x: S::Vector) -> S::Vector {
        let s = self.simd;
        let quotient = s.nearest_product(x, self.p_inverse);
        self.residue(quotient, x)
    }

    /// h − q·p, which is a double, and so is the product of short primes.
    #[inline(always)]
    fn residue(self, quotient: S::Vector, h: S::Vector) -> S::Vector {
        let s = self.simd;
        if SHORT { s.sub(h, s.mul(quotient, self.p)) } else { s.residue(quotient, self.p, h) }
    }

    /// Inlined into every compact kernel again, the steps would make a tenth of the binary.
    #[inline(never)]
    fn mul_called<const WIDE: bool>(self, a: S::Vector, b: S::Vector) -> S::Vector {
        self.mul_inline::<WIDE>(a, b)
    }

    #[inline(never)]
    fn reduce_called(self, x: S::Vector) -> S::Vector {
        self.reduce_inline(x)
    }
}

impl<S: Vectors> Arithmetic for Modulus<S> {
    type Simd = S;
    type Vector = S::Vector;
    type Constant = S::Vector;
    /// 2^bits/p and 2^bits; modulo short primes nothing and 2^bits modulo p.
    type Shift = (S::Vector, S::Vector);

    const MINUS_ONE: f64 = -1.0;

    #[inline(always)]
    fn simd(self) -> S {
        self.simd
    }

    /// None.
    #[inline(always)]
    fn rest(self) -> S::Vector {
        self.p
    }

    #[inline(always)]
    fn scaled(self, entries: S::Vector, w: S::Vector, _: S::Vector) -> S::Vector {
        self.reduce(self.mul(entries, w))
    }

    #[inline(always)]
    fn factor(self, entries: S::Vector) -> S::Vector {
        entries
    }

    /// (p + 1)/2 less p.
    #[inline(always)]
    fn half(self) -> S::Vector {
        let s = self.simd;
        s.sub(s.splat(0.5), s.mul(self.p, s.splat(0.5)))
    }

    #[inline(always)]
    fn shift(self, bits: u32) -> (S::Vector, S::Vector) {
        let radix = self.simd.splat((1u64 << bits) as f64);
        if SHORT {
            return (radix, self.reduce(radix));
        }
        (self.simd.mul(radix, self.p_inverse), radix)
    }

    #[inline(always)]
    fn digits(self, digits: S::Vector) -> S::Vector {
        self.simd.sub(digits, self.simd.splat(f64::from_bits(EXPONENT)))
    }

    #[inline(always)]
    fn horner(self, x: S::Vector, (quotient, radix): (S::Vector, S::Vector), y: S::Vector) -> S::Vector {
        let s = self.simd;
        if SHORT {
            return self.reduce(s.add(s.mul(x, radix), y));
        }
        let quotient = s.nearest_product(x, quotient);
        // The product with a power of two is exact.
        s.add(s.residue(quotient, self.p, s.mul(x, radix)), y)
    }

    #[inline(always)]
    fn add(self, a: S::Vector, b: S::Vector) -> S::Vector {
        self.simd.add(a, b)
    }

    #[inline(always)]
    fn sub(self, a: S::Vector, b: S::Vector) -> S::Vector {
        self.simd.sub(a, b)
    }

    #[inline(always)]
    fn sub_sum(self, a: S::Vector, b: S::Vector) -> S::Vector {
        self.simd.sub(a, b)
    }

    /// A representative of a·b. With |a| ≤ A·p and |b| ≤ B·p it is at most (1/2 + 0.301·A·B)·p; twiddle factors
    /// have B = 1/2. Modulo short primes it is reduced.
    #[inline(always)]
    fn mul(self, a: S::Vector, b: S::Vector) -> S::Vector {
        if S::COMPACT { self.mul_called::<false>(a, b) } else { self.mul_inline::<false>(a, b) }
    }

    #[inline(always)]
    fn mul_wide(self, a: S::Vector, b: S::Vector) -> S::Vector {
        if S::COMPACT { self.mul_called::<true>(a, b) } else { self.mul_inline::<true>(a, b) }
    }

    /// A representative of x of at most (1/2 + 2^-40)·p; of (1/2 + 2^-20)·p modulo short primes, where x is any
    /// integer below 2^53.
    #[inline(always)]
    fn reduce(self, x: S::Vector) -> S::Vector {
        if S::COMPACT { self.reduce_called(x) } else { self.reduce_inline(x) }
    }

    #[inline(always)]
    fn narrow(self, x: S::Vector) -> S::Vector {
        x
    }

    #[inline(always)]
    fn product(self, a: S::Vector, b: S::Vector) -> S::Vector {
        self.mul(self.reduce(a), b)
    }

    #[inline(always)]
    fn doubles(self, x: S::Vector) -> S::Vector {
        x
    }
}

/// `out[i] = a[i]·w` modulo p, in (−p/2, p/2), for table building.
pub(crate) fn scale_words(out: &mut [f64], a: &[f64], w: f64, p: f64) {
    let m = Modulus::new(p, Portable);
    for (out, a) in out.chunks_mut(4).zip(a.chunks(4)) {
        let mut four = [0.0; 4];
        four[..a.len()].copy_from_slice(a);
        let product = m.mul(four, Portable.splat(w));
        out.copy_from_slice(&m.reduce(product)[..out.len()]);
    }
}
