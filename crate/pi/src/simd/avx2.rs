//! Four doubles in an AVX2 register, with FMA.

use std::arch::x86_64::*;

use super::token::{Kernel, token};
use super::{EXPONENT, Vectors};

token! {
    /// AVX2 with FMA and BMI2.
    Avx2(() = Some(())), Kernel, "avx2", "fma", "bmi2"
}

/// The bytes in which numbers begin, and how many bits into them.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    bytes: [usize; 4],
    shifts: __m256i,
    mask: __m256i,
}

/// Calls intrinsics in a method of the token.
macro_rules! intrinsic {
    ($e:expr) => {
        // SAFETY: there is a token, and so the machine has AVX2 and FMA; the instruction touches no memory.
        unsafe { $e }
    };
}

impl Vectors for Avx2 {
    type Vector = __m256d;
    type Window = Window;

    const LANES: usize = 4;
    const ROUNDS_BY_SUM: bool = true;

    #[inline(always)]
    fn splat(self, x: f64) -> __m256d {
        intrinsic!(_mm256_set1_pd(x))
    }

    #[inline(always)]
    fn add(self, a: __m256d, b: __m256d) -> __m256d {
        intrinsic!(_mm256_add_pd(a, b))
    }

    #[inline(always)]
    fn sub(self, a: __m256d, b: __m256d) -> __m256d {
        intrinsic!(_mm256_sub_pd(a, b))
    }

    #[inline(always)]
    fn mul(self, a: __m256d, b: __m256d) -> __m256d {
        intrinsic!(_mm256_mul_pd(a, b))
    }

    #[inline(always)]
    fn round(self, a: __m256d) -> __m256d {
        intrinsic!(_mm256_round_pd::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(a))
    }

    #[inline(always)]
    fn two_product(self, a: __m256d, b: __m256d) -> (__m256d, __m256d) {
        let h = self.mul(a, b);
        (h, intrinsic!(_mm256_fmsub_pd(a, b, h)))
    }

    #[inline(always)]
    fn residue(self, a: __m256d, b: __m256d, h: __m256d) -> __m256d {
        intrinsic!(_mm256_fnmadd_pd(a, b, h))
    }

    #[inline(always)]
    fn accumulate(self, a: __m256d, b: __m256d, acc: __m256d) -> (__m256d, __m256d) {
        let sum = intrinsic!(_mm256_fmadd_pd(a, b, acc));
        (sum, intrinsic!(_mm256_fmadd_pd(a, b, _mm256_sub_pd(acc, sum))))
    }

    #[inline(always)]
    fn add_bits(self, a: __m256d, b: __m256d) -> __m256d {
        intrinsic!(_mm256_castsi256_pd(_mm256_add_epi64(_mm256_castpd_si256(a), _mm256_castpd_si256(b))))
    }

    #[inline(always)]
    fn split_bits(self, a: __m256d) -> (__m256d, __m256d) {
        intrinsic!({
            let bits = _mm256_castpd_si256(a);
            let low = _mm256_and_si256(bits, _mm256_set1_epi64x((1 << 48) - 1));
            (_mm256_castsi256_pd(low), _mm256_castsi256_pd(_mm256_srli_epi64::<48>(bits)))
        })
    }

    #[inline(always)]
    fn window(self, at: usize, step: usize, bits: u32) -> Window {
        let [a, b, c, d] = [0, 1, 2, 3].map(|lane| at + lane * step);
        let shift = |at| (at % 8) as i64;
        Window {
            bytes: [a / 8, b / 8, c / 8, d / 8],
            shifts: intrinsic!(_mm256_set_epi64x(shift(d), shift(c), shift(b), shift(a))),
            mask: intrinsic!(_mm256_set1_epi64x((1 << bits) - 1)),
        }
    }

    #[inline(always)]
    fn digits(self, from: &[u64], byte: usize, window: &Window) -> __m256d {
        assert!(byte + window.bytes[3] + 8 <= size_of_val(from));
        // SAFETY: the token; the last number is the last in memory, too, and the eight bytes from the one in which
        // it begins, which hold all of it (7 + 48 < 64), are there.
        unsafe {
            let bytes = from.as_ptr().cast::<i64>().byte_add(byte);
            let read = |at: usize| bytes.byte_add(at).read_unaligned();
            let [a, b, c, d] = window.bytes;
            let words = _mm256_set_epi64x(read(d), read(c), read(b), read(a));
            let digits = _mm256_and_si256(_mm256_srlv_epi64(words, window.shifts), window.mask);
            _mm256_castsi256_pd(_mm256_or_si256(digits, _mm256_set1_epi64x(EXPONENT as i64)))
        }
    }

    #[inline(always)]
    fn after(self, a: __m256d, before: __m256d, by: usize) -> __m256d {
        // Of six lanes in a row the first four, and those of 1 to 4.
        let halves = intrinsic!(_mm256_permute2f128_pd::<0x21>(before, a));
        match by {
            1 => intrinsic!(_mm256_shuffle_pd::<0b0101>(halves, a)),
            _ => halves,
        }
    }

    #[inline(always)]
    fn reverse(self, a: __m256d) -> __m256d {
        intrinsic!(_mm256_permute4x64_pd::<0b00_01_10_11>(a))
    }

    #[inline(always)]
    fn deinterleave(self, a: __m256d, b: __m256d) -> (__m256d, __m256d) {
        intrinsic!((
            _mm256_permute4x64_pd::<0b11_01_10_00>(_mm256_unpacklo_pd(a, b)),
            _mm256_permute4x64_pd::<0b11_01_10_00>(_mm256_unpackhi_pd(a, b)),
        ))
    }

    #[inline(always)]
    fn transpose(self, rows: &mut [__m256d]) {
        let rows: &mut [__m256d; 4] = rows.try_into().expect("a square");
        let [a, b, c, d] = *rows;
        *rows = intrinsic!({
            let (ab0, ab1) = (_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b));
            let (cd0, cd1) = (_mm256_unpacklo_pd(c, d), _mm256_unpackhi_pd(c, d));
            [
                _mm256_permute2f128_pd::<0x20>(ab0, cd0),
                _mm256_permute2f128_pd::<0x20>(ab1, cd1),
                _mm256_permute2f128_pd::<0x31>(ab0, cd0),
                _mm256_permute2f128_pd::<0x31>(ab1, cd1),
            ]
        });
    }
}
