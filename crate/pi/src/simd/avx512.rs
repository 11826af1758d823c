//! Eight doubles in an AVX-512 register.

use std::arch::x86_64::*;

use super::avx2::Avx2;
use super::token::{Kernel, token};
use super::{EXPONENT, Vectors};

token! {
    /// AVX-512F, AVX-512BW and AVX-512DQ, and all that [`Avx2`] stands for.
    Avx512(Avx2 = Avx2::detect()), Kernel, "avx512f", "avx512bw", "avx512dq", "avx2", "fma", "bmi2"
}

impl Avx512 {
    /// The token of a part of the instructions.
    pub(crate) fn avx2(self) -> Avx2 {
        self.0
    }
}

/// The words of 16 bits among 64 that hold the numbers, and how far their bits are from the first one's.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    byte: usize,
    words: __m512i,
    shifts: __m512i,
    mask: __m512i,
}

/// Calls intrinsics in a method of the token.
macro_rules! intrinsic {
    ($e:expr) => {
        // SAFETY: there is a token, and so the machine has AVX-512F, AVX-512BW and AVX-512DQ; the instruction touches
        // no memory.
        unsafe { $e }
    };
}

impl Vectors for Avx512 {
    type Vector = __m512d;
    type Window = Window;

    const LANES: usize = 8;
    const ROUNDS_BY_SUM: bool = true;

    #[inline(always)]
    fn splat(self, x: f64) -> __m512d {
        intrinsic!(_mm512_set1_pd(x))
    }

    #[inline(always)]
    fn add(self, a: __m512d, b: __m512d) -> __m512d {
        intrinsic!(_mm512_add_pd(a, b))
    }

    #[inline(always)]
    fn sub(self, a: __m512d, b: __m512d) -> __m512d {
        intrinsic!(_mm512_sub_pd(a, b))
    }

    #[inline(always)]
    fn mul(self, a: __m512d, b: __m512d) -> __m512d {
        intrinsic!(_mm512_mul_pd(a, b))
    }

    #[inline(always)]
    fn round(self, a: __m512d) -> __m512d {
        intrinsic!(_mm512_roundscale_pd::<{ _MM_FROUND_TO_NEAREST_INT }>(a))
    }

    #[inline(always)]
    fn two_product(self, a: __m512d, b: __m512d) -> (__m512d, __m512d) {
        let h = self.mul(a, b);
        (h, intrinsic!(_mm512_fmsub_pd(a, b, h)))
    }

    #[inline(always)]
    fn residue(self, a: __m512d, b: __m512d, h: __m512d) -> __m512d {
        intrinsic!(_mm512_fnmadd_pd(a, b, h))
    }

    #[inline(always)]
    fn accumulate(self, a: __m512d, b: __m512d, acc: __m512d) -> (__m512d, __m512d) {
        let sum = intrinsic!(_mm512_fmadd_pd(a, b, acc));
        (sum, intrinsic!(_mm512_fmadd_pd(a, b, _mm512_sub_pd(acc, sum))))
    }

    #[inline(always)]
    fn add_bits(self, a: __m512d, b: __m512d) -> __m512d {
        intrinsic!(_mm512_castsi512_pd(_mm512_add_epi64(_mm512_castpd_si512(a), _mm512_castpd_si512(b))))
    }

    #[inline(always)]
    fn split_bits(self, a: __m512d) -> (__m512d, __m512d) {
        intrinsic!({
            let bits = _mm512_castpd_si512(a);
            let low = _mm512_and_si512(bits, _mm512_set1_epi64((1 << 48) - 1));
            (_mm512_castsi512_pd(low), _mm512_castsi512_pd(_mm512_srli_epi64::<48>(bits)))
        })
    }

    #[inline(always)]
    fn window(self, at: usize, step: usize, bits: u32) -> Window {
        assert!(at % 8 + 7 * step < 61 * 16);
        intrinsic!({
            let lanes = _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0);
            let steps = _mm512_mullo_epi64(lanes, _mm512_set1_epi64(step as i64));
            let positions = _mm512_add_epi64(steps, _mm512_set1_epi64(at as i64 % 8));
            // A number is in the four words of 16 bits from the one in which it begins: 15 + 48 < 64.
            let first = _mm512_srli_epi64::<4>(positions);
            let all = _mm512_mullo_epi64(first, _mm512_set1_epi64(0x0001_0001_0001_0001));
            Window {
                byte: at / 8,
                words: _mm512_add_epi64(all, _mm512_set1_epi64(0x0003_0002_0001_0000)),
                shifts: _mm512_and_si512(positions, _mm512_set1_epi64(15)),
                mask: _mm512_set1_epi64((1 << bits) - 1),
            }
        })
    }

    #[inline(always)]
    fn digits(self, from: &[u64], byte: usize, window: &Window) -> __m512d {
        let bytes: &[u8; 128] =
            bytemuck::cast_slice(from)[byte + window.byte..].first_chunk().expect("the margin");
        let [low, high]: [__m512i; 2] = bytemuck::pod_read_unaligned(bytes);
        intrinsic!({
            let numbers = _mm512_permutex2var_epi16(low, window.words, high);
            let shifted = _mm512_srlv_epi64(numbers, window.shifts);
            // EXPONENT | (shifted & mask)
            let exponent = _mm512_set1_epi64(EXPONENT as i64);
            _mm512_castsi512_pd(_mm512_ternarylogic_epi64::<0xf8>(exponent, shifted, window.mask))
        })
    }

    #[inline(always)]
    fn after(self, a: __m512d, before: __m512d, by: usize) -> __m512d {
        intrinsic!({
            let (new, old) = (_mm512_castpd_si512(a), _mm512_castpd_si512(before));
            _mm512_castsi512_pd(match by {
                1 => _mm512_alignr_epi64::<7>(new, old),
                _ => _mm512_alignr_epi64::<6>(new, old),
            })
        })
    }

    #[inline(always)]
    fn reverse(self, a: __m512d) -> __m512d {
        intrinsic!(_mm512_permutexvar_pd(_mm512_set_epi64(0, 1, 2, 3, 4, 5, 6, 7), a))
    }

    #[inline(always)]
    fn deinterleave(self, a: __m512d, b: __m512d) -> (__m512d, __m512d) {
        intrinsic!((
            _mm512_permutex2var_pd(a, _mm512_set_epi64(14, 12, 10, 8, 6, 4, 2, 0), b),
            _mm512_permutex2var_pd(a, _mm512_set_epi64(15, 13, 11, 9, 7, 5, 3, 1), b),
        ))
    }

    #[inline(always)]
    fn transpose(self, rows: &mut [__m512d]) {
        let rows: &mut [__m512d; 8] = rows.try_into().expect("a square");
        // Pairs of neighbours, then quarters by two shuffles of 128-bit parts.
        let r = *rows;
        let mut pairs = r;
        for i in 0..4 {
            pairs[i] = intrinsic!(_mm512_unpacklo_pd(r[2 * i], r[2 * i + 1]));
            pairs[i + 4] = intrinsic!(_mm512_unpackhi_pd(r[2 * i], r[2 * i + 1]));
        }
        for parity in 0..2 {
            let p = &pairs[4 * parity..4 * parity + 4];
            intrinsic!({
                let a = _mm512_shuffle_f64x2::<0b10_00_10_00>(p[0], p[1]);
                let b = _mm512_shuffle_f64x2::<0b10_00_10_00>(p[2], p[3]);
                let c = _mm512_shuffle_f64x2::<0b11_01_11_01>(p[0], p[1]);
                let d = _mm512_shuffle_f64x2::<0b11_01_11_01>(p[2], p[3]);
                // Parts 0 and 2 of every pair are in a and b, parts 1 and 3 in c and d.
                rows[parity] = _mm512_shuffle_f64x2::<0b10_00_10_00>(a, b);
                rows[parity + 4] = _mm512_shuffle_f64x2::<0b11_01_11_01>(a, b);
                rows[parity + 2] = _mm512_shuffle_f64x2::<0b10_00_10_00>(c, d);
                rows[parity + 6] = _mm512_shuffle_f64x2::<0b11_01_11_01>(c, d);
            });
        }
    }
}
