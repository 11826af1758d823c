//! Four doubles in two vectors of WebAssembly. A module is compiled for one of two kinds of engines: those with relaxed
//! SIMD fuse products and sums, if [`is_fused`] finds that they do; for the others products are split by Veltkamp's and
//! Dekker's method, as in [`super::portable`].

use core::arch::wasm32::*;

use super::{EXPONENT, Vectors};

/// Whether products and sums are fused in one rounding.
const FUSED: bool = cfg!(target_feature = "relaxed-simd");

/// The vectors of WebAssembly, fused or split as the module was compiled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wasm128(());

impl Wasm128 {
    /// A module runs only where its instructions are, but those of relaxed SIMD need not fuse.
    #[inline]
    pub(crate) fn detect() -> Option<Self> {
        #[cfg(target_feature = "relaxed-simd")]
        let available = is_fused();
        #[cfg(not(target_feature = "relaxed-simd"))]
        let available = true;
        available.then_some(Self(()))
    }
}

type F64x4 = [v128; 2];

/// The bytes in which numbers begin, and how many bits into them.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    bytes: [usize; 4],
    shifts: [u32; 4],
    mask: v128,
}

/// Whether this engine rounds `relaxed_madd` once: it may choose, but chooses the same everywhere.
#[cfg(target_feature = "relaxed-simd")]
fn is_fused() -> bool {
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

#[inline(always)]
fn zip(a: F64x4, b: F64x4, f: impl Fn(v128, v128) -> v128) -> F64x4 {
    [f(a[0], b[0]), f(a[1], b[1])]
}

#[inline(always)]
fn zip3(a: F64x4, b: F64x4, c: F64x4, f: impl Fn(v128, v128, v128) -> v128) -> F64x4 {
    [f(a[0], b[0], c[0]), f(a[1], b[1], c[1])]
}

impl Vectors for Wasm128 {
    type Vector = F64x4;
    type Window = Window;

    const LANES: usize = 4;
    const ROUNDS_BY_SUM: bool = FUSED;

    #[inline(always)]
    fn splat(self, x: f64) -> F64x4 {
        [f64x2_splat(x); 2]
    }

    #[inline(always)]
    fn add(self, a: F64x4, b: F64x4) -> F64x4 {
        zip(a, b, |a, b| f64x2_add(a, b))
    }

    #[inline(always)]
    fn sub(self, a: F64x4, b: F64x4) -> F64x4 {
        zip(a, b, |a, b| f64x2_sub(a, b))
    }

    #[inline(always)]
    fn mul(self, a: F64x4, b: F64x4) -> F64x4 {
        zip(a, b, |a, b| f64x2_mul(a, b))
    }

    #[inline(always)]
    fn round(self, a: F64x4) -> F64x4 {
        a.map(|a| f64x2_nearest(a))
    }

    #[inline(always)]
    fn two_product(self, a: F64x4, b: F64x4) -> (F64x4, F64x4) {
        let h = self.mul(a, b);
        let l = if FUSED {
            // −(h − a·b): the sum with it becomes a difference.
            zip3(a, b, h, |a, b, h| f64x2_neg(nmadd(a, b, h)))
        } else {
            zip3(a, b, h, split_error)
        };
        (h, l)
    }

    #[inline(always)]
    fn residue(self, a: F64x4, b: F64x4, h: F64x4) -> F64x4 {
        if FUSED {
            return zip3(a, b, h, nmadd);
        }
        let (h2, l2) = self.two_product(a, b);
        // The difference is a double, and h − h2 is exact by Sterbenz' lemma or because both are small.
        self.sub(self.sub(h, h2), l2)
    }

    #[inline(always)]
    fn accumulate(self, a: F64x4, b: F64x4, acc: F64x4) -> (F64x4, F64x4) {
        if FUSED {
            let sum = zip3(a, b, acc, madd);
            return (sum, zip3(a, b, self.sub(acc, sum), madd));
        }
        let (h, l) = self.two_product(a, b);
        let sum = self.add(acc, h);
        (sum, self.add(self.sub(h, self.sub(sum, acc)), l))
    }

    #[inline(always)]
    fn add_bits(self, a: F64x4, b: F64x4) -> F64x4 {
        zip(a, b, |a, b| i64x2_add(a, b))
    }

    #[inline(always)]
    fn split_bits(self, a: F64x4) -> (F64x4, F64x4) {
        let mask = u64x2_splat((1 << 48) - 1);
        (a.map(|a| v128_and(a, mask)), a.map(|a| u64x2_shr(a, 48)))
    }

    #[inline(always)]
    fn window(self, at: usize, step: usize, bits: u32) -> Window {
        let lanes = [0, 1, 2, 3].map(|lane| at + lane * step);
        Window {
            bytes: lanes.map(|at| at / 8),
            shifts: lanes.map(|at| (at % 8) as u32),
            mask: u64x2_splat((1 << bits) - 1),
        }
    }

    #[inline(always)]
    fn digits(self, from: &[u64], byte: usize, window: &Window) -> F64x4 {
        assert!(byte + window.bytes[3] + 8 <= size_of_val(from));
        let read = |lane: usize| {
            // SAFETY: the last number is the last in memory, too, and the eight bytes from the one in which it begins,
            // which hold all of it (7 + 48 < 64), are there.
            let word = unsafe { from.as_ptr().byte_add(byte + window.bytes[lane]).read_unaligned() };
            word >> window.shifts[lane]
        };
        let digits = |a, b| v128_or(v128_and(u64x2(a, b), window.mask), u64x2_splat(EXPONENT));
        [digits(read(0), read(1)), digits(read(2), read(3))]
    }

    #[inline(always)]
    fn after(self, a: F64x4, before: F64x4, by: usize) -> F64x4 {
        match by {
            1 => [i64x2_shuffle::<1, 2>(before[1], a[0]), i64x2_shuffle::<1, 2>(a[0], a[1])],
            _ => [before[1], a[0]],
        }
    }

    #[inline(always)]
    fn reverse(self, a: F64x4) -> F64x4 {
        let swap = |pair| i64x2_shuffle::<1, 0>(pair, pair);
        [swap(a[1]), swap(a[0])]
    }

    #[inline(always)]
    fn deinterleave(self, a: F64x4, b: F64x4) -> (F64x4, F64x4) {
        (
            [i64x2_shuffle::<0, 2>(a[0], a[1]), i64x2_shuffle::<0, 2>(b[0], b[1])],
            [i64x2_shuffle::<1, 3>(a[0], a[1]), i64x2_shuffle::<1, 3>(b[0], b[1])],
        )
    }

    #[inline(always)]
    fn transpose(self, rows: &mut [F64x4]) {
        let rows: &mut [F64x4; 4] = rows.try_into().expect("a square");
        let [a, b, c, d] = *rows;
        let even = |a, b| i64x2_shuffle::<0, 2>(a, b);
        let odd = |a, b| i64x2_shuffle::<1, 3>(a, b);
        *rows = [
            [even(a[0], b[0]), even(c[0], d[0])],
            [odd(a[0], b[0]), odd(c[0], d[0])],
            [even(a[1], b[1]), even(c[1], d[1])],
            [odd(a[1], b[1]), odd(c[1], d[1])],
        ];
    }
}
