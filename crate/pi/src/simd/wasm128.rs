//! Four doubles in two vectors of WebAssembly. A module is compiled for one of two kinds of engines: those with relaxed
//! SIMD fuse products and sums, if [`is_fused`] finds that they do; for the others products are split by Veltkamp's and
//! Dekker's method, as in [`super::portable`].

use core::arch::wasm32::*;

use super::{EXPONENT, Vector};

/// Whether products and sums are fused in one rounding.
const FUSED: bool = cfg!(target_feature = "relaxed-simd");

#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct F64x4(v128, v128);

/// The bytes in which numbers begin, and how many bits into them.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    bytes: [usize; 4],
    shifts: [u32; 4],
    mask: v128,
}

/// Whether this engine rounds `relaxed_madd` once: it may choose, but chooses the same everywhere.
#[cfg(target_feature = "relaxed-simd")]
pub(crate) fn is_fused() -> bool {
    // (1 + 2^-30)² − 1 − 2^-29 is 2^-60, or nothing when the product is rounded by itself.
    let x = core::hint::black_box(f64x2_splat(1.0 + 1.0 / (1u64 << 30) as f64));
    let y = core::hint::black_box(f64x2_splat(-1.0 - 1.0 / (1u64 << 29) as f64));
    let sum = f64x2_extract_lane::<0>(madd(x, x, y));
    let difference = f64x2_extract_lane::<1>(nmadd(x, x, f64x2_neg(y)));
    sum == 1.0 / (1u64 << 60) as f64 && difference == -sum
}

/// c + a·b
#[cfg(target_feature = "relaxed-simd")]
#[inline(always)]
fn madd(a: v128, b: v128, c: v128) -> v128 {
    f64x2_relaxed_madd(a, b, c)
}

/// c − a·b
#[cfg(target_feature = "relaxed-simd")]
#[inline(always)]
fn nmadd(a: v128, b: v128, c: v128) -> v128 {
    f64x2_relaxed_nmadd(a, b, c)
}

/// c + a·b, rounded twice.
#[cfg(not(target_feature = "relaxed-simd"))]
#[inline(always)]
fn madd(a: v128, b: v128, c: v128) -> v128 {
    f64x2_add(c, f64x2_mul(a, b))
}

/// c − a·b, rounded twice.
#[cfg(not(target_feature = "relaxed-simd"))]
#[inline(always)]
fn nmadd(a: v128, b: v128, c: v128) -> v128 {
    f64x2_sub(c, f64x2_mul(a, b))
}

/// The upper 26 bits of x, exactly as a double.
#[inline(always)]
fn upper(x: v128) -> v128 {
    let t = f64x2_mul(x, f64x2_splat(((1u64 << 27) + 1) as f64));
    f64x2_sub(t, f64x2_sub(t, x))
}

/// a·b − h, where h is the rounded product.
#[inline(always)]
fn split_error(a: v128, b: v128, h: v128) -> v128 {
    let (a1, b1) = (upper(a), upper(b));
    let (a0, b0) = (f64x2_sub(a, a1), f64x2_sub(b, b1));
    let sum = f64x2_sub(f64x2_mul(a1, b1), h);
    let sum = f64x2_add(f64x2_add(sum, f64x2_mul(a1, b0)), f64x2_mul(a0, b1));
    f64x2_add(sum, f64x2_mul(a0, b0))
}

impl F64x4 {
    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(v128, v128) -> v128) -> Self {
        Self(f(self.0, other.0), f(self.1, other.1))
    }

    #[inline(always)]
    fn zip3(self, b: Self, c: Self, f: impl Fn(v128, v128, v128) -> v128) -> Self {
        Self(f(self.0, b.0, c.0), f(self.1, b.1, c.1))
    }
}

// SAFETY: two pairs of doubles without padding, aligned to 16 bytes.
unsafe impl Vector for F64x4 {
    type Window = Window;

    const LANES: usize = 4;

    #[inline(always)]
    fn splat(x: f64) -> Self {
        Self(f64x2_splat(x), f64x2_splat(x))
    }

    #[inline(always)]
    fn load(from: &[f64]) -> Self {
        let four: &[f64; 4] = from.first_chunk().expect("enough numbers");
        // SAFETY: the reference is good for four doubles, and the loads need no alignment.
        unsafe { Self(v128_load(four.as_ptr().cast()), v128_load(four.as_ptr().add(2).cast())) }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| f64x2_add(a, b))
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| f64x2_sub(a, b))
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.zip(other, |a, b| f64x2_mul(a, b))
    }

    #[inline(always)]
    fn round(self) -> Self {
        Self(f64x2_nearest(self.0), f64x2_nearest(self.1))
    }

    #[inline(always)]
    fn two_product(self, other: Self) -> (Self, Self) {
        let h = self.mul(other);
        let l = if FUSED {
            // −(h − a·b): the sum with it becomes a difference.
            self.zip3(other, h, |a, b, h| f64x2_neg(nmadd(a, b, h)))
        } else {
            self.zip3(other, h, split_error)
        };
        (h, l)
    }

    #[inline(always)]
    fn residue(self, other: Self, h: Self) -> Self {
        if FUSED {
            return self.zip3(other, h, nmadd);
        }
        let (h2, l2) = self.two_product(other);
        // The difference is a double, and h − h2 is exact by Sterbenz' lemma or because both are small.
        h.sub(h2).sub(l2)
    }

    #[inline(always)]
    fn accumulate(self, other: Self, acc: Self) -> (Self, Self) {
        if FUSED {
            let sum = self.zip3(other, acc, madd);
            return (sum, self.zip3(other, acc.sub(sum), madd));
        }
        let (h, l) = self.two_product(other);
        let sum = acc.add(h);
        (sum, h.sub(sum.sub(acc)).add(l))
    }

    #[inline(always)]
    fn add_bits(self, other: Self) -> Self {
        self.zip(other, |a, b| i64x2_add(a, b))
    }

    #[inline(always)]
    fn split_bits(self) -> (Self, Self) {
        let mask = u64x2_splat((1 << 48) - 1);
        let low = Self(v128_and(self.0, mask), v128_and(self.1, mask));
        (low, Self(u64x2_shr(self.0, 48), u64x2_shr(self.1, 48)))
    }

    #[inline(always)]
    fn window(at: usize, step: usize, bits: u32) -> Window {
        let lanes = [0, 1, 2, 3].map(|lane| at + lane * step);
        Window {
            bytes: lanes.map(|at| at / 8),
            shifts: lanes.map(|at| (at % 8) as u32),
            mask: u64x2_splat((1 << bits) - 1),
        }
    }

    #[inline(always)]
    fn digits(from: &[u64], byte: usize, window: &Window) -> Self {
        assert!(byte + window.bytes[3] + 8 <= size_of_val(from));
        let read = |lane: usize| {
            // SAFETY: the last number is the last in memory, too, and the eight bytes from the one in which it begins,
            // which hold all of it (7 + 48 < 64), are there.
            let word = unsafe { from.as_ptr().byte_add(byte + window.bytes[lane]).read_unaligned() };
            word >> window.shifts[lane]
        };
        let digits = |a, b| v128_or(v128_and(u64x2(a, b), window.mask), u64x2_splat(EXPONENT));
        Self(digits(read(0), read(1)), digits(read(2), read(3)))
    }

    #[inline(always)]
    fn after(self, before: Self, by: usize) -> Self {
        match by {
            1 => Self(i64x2_shuffle::<1, 2>(before.1, self.0), i64x2_shuffle::<1, 2>(self.0, self.1)),
            _ => Self(before.1, self.0),
        }
    }

    #[inline(always)]
    fn reverse(self) -> Self {
        let swap = |pair| i64x2_shuffle::<1, 0>(pair, pair);
        Self(swap(self.1), swap(self.0))
    }

    #[inline(always)]
    fn deinterleave(self, other: Self) -> (Self, Self) {
        (
            Self(i64x2_shuffle::<0, 2>(self.0, self.1), i64x2_shuffle::<0, 2>(other.0, other.1)),
            Self(i64x2_shuffle::<1, 3>(self.0, self.1), i64x2_shuffle::<1, 3>(other.0, other.1)),
        )
    }

    #[inline(always)]
    fn transpose(rows: &mut [Self]) {
        let rows: &mut [Self; 4] = rows.try_into().expect("a square");
        let [a, b, c, d] = *rows;
        let even = |a, b| i64x2_shuffle::<0, 2>(a, b);
        let odd = |a, b| i64x2_shuffle::<1, 3>(a, b);
        *rows = [
            Self(even(a.0, b.0), even(c.0, d.0)),
            Self(odd(a.0, b.0), odd(c.0, d.0)),
            Self(even(a.1, b.1), even(c.1, d.1)),
            Self(odd(a.1, b.1), odd(c.1, d.1)),
        ];
    }
}
