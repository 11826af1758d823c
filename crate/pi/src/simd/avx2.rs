//! Four doubles in an AVX2 register, with FMA.

use std::arch::x86_64::*;

use super::{EXPONENT, Vector};

#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct F64x4(__m256d);

/// The bytes in which numbers begin, and how many bits into them.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    bytes: [usize; 4],
    shifts: __m256i,
    mask: __m256i,
}

/// Wraps intrinsics that touch no memory.
macro_rules! intrinsic {
    ($e:expr) => {
        // SAFETY: `F64x4` is used only by kernels that run on machines with AVX2 and FMA; the
        // instruction touches no memory.
        unsafe { $e }
    };
}

// SAFETY: `__m256d` is four doubles, aligned to 32 bytes.
unsafe impl Vector for F64x4 {
    type Window = Window;

    const LANES: usize = 4;

    #[inline(always)]
    fn splat(x: f64) -> Self {
        Self(intrinsic!(_mm256_set1_pd(x)))
    }

    #[inline(always)]
    fn load(from: &[f64]) -> Self {
        let four: &[f64; 4] = from.first_chunk().expect("enough numbers");
        // SAFETY: AVX2 as above; the reference is good for four doubles, and the load needs no alignment.
        Self(unsafe { _mm256_loadu_pd(four.as_ptr()) })
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(intrinsic!(_mm256_add_pd(self.0, other.0)))
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(intrinsic!(_mm256_sub_pd(self.0, other.0)))
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(intrinsic!(_mm256_mul_pd(self.0, other.0)))
    }

    #[inline(always)]
    fn round(self) -> Self {
        Self(intrinsic!(_mm256_round_pd::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(self.0)))
    }

    #[inline(always)]
    fn two_product(self, other: Self) -> (Self, Self) {
        let h = self.mul(other);
        (h, Self(intrinsic!(_mm256_fmsub_pd(self.0, other.0, h.0))))
    }

    #[inline(always)]
    fn residue(self, other: Self, h: Self) -> Self {
        Self(intrinsic!(_mm256_fnmadd_pd(self.0, other.0, h.0)))
    }

    #[inline(always)]
    fn accumulate(self, other: Self, acc: Self) -> (Self, Self) {
        let sum = Self(intrinsic!(_mm256_fmadd_pd(self.0, other.0, acc.0)));
        (sum, Self(intrinsic!(_mm256_fmadd_pd(self.0, other.0, acc.sub(sum).0))))
    }

    #[inline(always)]
    fn add_bits(self, other: Self) -> Self {
        Self(intrinsic!(_mm256_castsi256_pd(_mm256_add_epi64(
            _mm256_castpd_si256(self.0),
            _mm256_castpd_si256(other.0)
        ))))
    }

    #[inline(always)]
    fn split_bits(self) -> (Self, Self) {
        let bits = intrinsic!(_mm256_castpd_si256(self.0));
        let low = intrinsic!(_mm256_and_si256(bits, _mm256_set1_epi64x((1 << 48) - 1)));
        let above = intrinsic!(_mm256_srli_epi64::<48>(bits));
        intrinsic!((Self(_mm256_castsi256_pd(low)), Self(_mm256_castsi256_pd(above))))
    }

    #[inline(always)]
    fn window(at: usize, step: usize, bits: u32) -> Window {
        let [a, b, c, d] = [0, 1, 2, 3].map(|lane| at + lane * step);
        let shift = |at| (at % 8) as i64;
        Window {
            bytes: [a / 8, b / 8, c / 8, d / 8],
            shifts: intrinsic!(_mm256_set_epi64x(shift(d), shift(c), shift(b), shift(a))),
            mask: intrinsic!(_mm256_set1_epi64x((1 << bits) - 1)),
        }
    }

    #[inline(always)]
    fn digits(from: &[u64], byte: usize, window: &Window) -> Self {
        assert!(byte + window.bytes[3] + 8 <= size_of_val(from));
        // SAFETY: AVX2 as above; the last number is the last in memory, too, and the eight bytes from the one in which
        // it begins, which hold all of it (7 + 48 < 64), are there.
        Self(unsafe {
            let bytes = from.as_ptr().cast::<i64>().byte_add(byte);
            let read = |at: usize| bytes.byte_add(at).read_unaligned();
            let [a, b, c, d] = window.bytes;
            let words = _mm256_set_epi64x(read(d), read(c), read(b), read(a));
            let digits = _mm256_and_si256(_mm256_srlv_epi64(words, window.shifts), window.mask);
            _mm256_castsi256_pd(_mm256_or_si256(digits, _mm256_set1_epi64x(EXPONENT as i64)))
        })
    }

    #[inline(always)]
    fn after(self, before: Self, by: usize) -> Self {
        // Of six lanes in a row the first four, and those of 1 to 4.
        let halves = intrinsic!(_mm256_permute2f128_pd::<0x21>(before.0, self.0));
        match by {
            1 => Self(intrinsic!(_mm256_shuffle_pd::<0b0101>(halves, self.0))),
            _ => Self(halves),
        }
    }

    #[inline(always)]
    fn reverse(self) -> Self {
        Self(intrinsic!(_mm256_permute4x64_pd::<0b00_01_10_11>(self.0)))
    }

    #[inline(always)]
    fn deinterleave(self, other: Self) -> (Self, Self) {
        let even = intrinsic!(_mm256_permute4x64_pd::<0b11_01_10_00>(_mm256_unpacklo_pd(self.0, other.0)));
        let odd = intrinsic!(_mm256_permute4x64_pd::<0b11_01_10_00>(_mm256_unpackhi_pd(self.0, other.0)));
        (Self(even), Self(odd))
    }

    #[inline(always)]
    fn transpose(rows: &mut [Self]) {
        let rows: &mut [Self; 4] = rows.try_into().expect("a square");
        let [a, b, c, d] = rows.map(|row| row.0);
        let (ab0, ab1) = intrinsic!((_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b)));
        let (cd0, cd1) = intrinsic!((_mm256_unpacklo_pd(c, d), _mm256_unpackhi_pd(c, d)));
        *rows = intrinsic!([
            _mm256_permute2f128_pd::<0x20>(ab0, cd0),
            _mm256_permute2f128_pd::<0x20>(ab1, cd1),
            _mm256_permute2f128_pd::<0x31>(ab0, cd0),
            _mm256_permute2f128_pd::<0x31>(ab1, cd1),
        ])
        .map(Self);
    }
}
