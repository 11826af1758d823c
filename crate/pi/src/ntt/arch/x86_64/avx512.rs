//! Eight doubles in an AVX-512 register.

use std::arch::x86_64::*;

use super::super::generic::{EXPONENT, Modulus, Vector};

#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct F64x8(pub(super) __m512d);

/// Wraps intrinsics that touch no memory.
macro_rules! intrinsic {
    ($e:expr) => {
        // SAFETY: `F64x8` is used only by kernels that run on machines with AVX-512F and
        // AVX-512DQ; the instruction touches no memory.
        unsafe { $e }
    };
}

// SAFETY: `__m512d` is eight doubles, aligned to 64 bytes.
unsafe impl Vector for F64x8 {
    const LANES: usize = 8;

    #[inline(always)]
    fn splat(x: f64) -> Self {
        Self(intrinsic!(_mm512_set1_pd(x)))
    }

    #[inline(always)]
    fn load(from: &[f64]) -> Self {
        let eight: &[f64; 8] = from.first_chunk().expect("enough numbers");
        // SAFETY: AVX-512 as above; the reference is good for eight doubles, and the load needs no alignment.
        Self(unsafe { _mm512_loadu_pd(eight.as_ptr()) })
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(intrinsic!(_mm512_add_pd(self.0, other.0)))
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(intrinsic!(_mm512_sub_pd(self.0, other.0)))
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(intrinsic!(_mm512_mul_pd(self.0, other.0)))
    }

    #[inline(always)]
    fn round(self) -> Self {
        Self(intrinsic!(_mm512_roundscale_pd::<{ _MM_FROUND_TO_NEAREST_INT }>(self.0)))
    }

    #[inline(always)]
    fn two_product(self, other: Self) -> (Self, Self) {
        let h = self.mul(other);
        (h, Self(intrinsic!(_mm512_fmsub_pd(self.0, other.0, h.0))))
    }

    #[inline(always)]
    fn residue(self, other: Self, h: Self) -> Self {
        Self(intrinsic!(_mm512_fnmadd_pd(self.0, other.0, h.0)))
    }

    #[inline(always)]
    fn accumulate(self, other: Self, acc: Self) -> (Self, Self) {
        let sum = Self(intrinsic!(_mm512_fmadd_pd(self.0, other.0, acc.0)));
        (sum, Self(intrinsic!(_mm512_fmadd_pd(self.0, other.0, acc.sub(sum).0))))
    }

    #[inline(always)]
    fn add_bits(self, other: Self) -> Self {
        Self(intrinsic!(_mm512_castsi512_pd(_mm512_add_epi64(
            _mm512_castpd_si512(self.0),
            _mm512_castpd_si512(other.0)
        ))))
    }

    #[inline(always)]
    fn digits(from: &[u64], at: usize, step: usize, bits: u32) -> Self {
        assert!((at + 7 * step) / 64 + 1 < from.len());
        // The eight bytes from the one in which a number begins hold all of it: 7 + 51 < 64.
        let bytes = from.as_ptr().cast::<u8>();
        // SAFETY: AVX-512 as above; the last of the bytes read is at most 8 after that in which the last number
        // begins, and the limb after that byte's is there.
        Self(unsafe {
            let read = |lane: usize| bytes.add((at + lane * step) / 8).cast::<i64>().read_unaligned();
            let words =
                _mm512_set_epi64(read(7), read(6), read(5), read(4), read(3), read(2), read(1), read(0));
            let lanes =
                _mm512_mullo_epi64(_mm512_set1_epi64(step as i64), _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0));
            let positions = _mm512_add_epi64(_mm512_set1_epi64(at as i64), lanes);
            let shifted = _mm512_srlv_epi64(words, _mm512_and_si512(positions, _mm512_set1_epi64(7)));
            let digits = _mm512_and_si512(shifted, _mm512_set1_epi64((1 << bits) - 1));
            _mm512_castsi512_pd(_mm512_or_si512(digits, _mm512_set1_epi64(EXPONENT as i64)))
        })
    }

    #[inline(always)]
    fn reverse(self) -> Self {
        Self(intrinsic!(_mm512_permutexvar_pd(_mm512_set_epi64(0, 1, 2, 3, 4, 5, 6, 7), self.0)))
    }

    #[inline(always)]
    fn deinterleave(self, other: Self) -> (Self, Self) {
        let even =
            intrinsic!(_mm512_permutex2var_pd(self.0, _mm512_set_epi64(14, 12, 10, 8, 6, 4, 2, 0), other.0));
        let odd =
            intrinsic!(_mm512_permutex2var_pd(self.0, _mm512_set_epi64(15, 13, 11, 9, 7, 5, 3, 1), other.0));
        (Self(even), Self(odd))
    }

    #[inline(always)]
    fn transpose(rows: &mut [Self]) {
        let rows: &mut [Self; 8] = rows.try_into().expect("a square");
        // Pairs of neighbours, then quarters by two shuffles of 128-bit parts.
        let r = rows.map(|row| row.0);
        let mut pairs = r;
        for i in 0..4 {
            pairs[i] = intrinsic!(_mm512_unpacklo_pd(r[2 * i], r[2 * i + 1]));
            pairs[i + 4] = intrinsic!(_mm512_unpackhi_pd(r[2 * i], r[2 * i + 1]));
        }
        for parity in 0..2 {
            let p = &pairs[4 * parity..4 * parity + 4];
            let (a, b) = intrinsic!((
                _mm512_shuffle_f64x2::<0b10_00_10_00>(p[0], p[1]),
                _mm512_shuffle_f64x2::<0b10_00_10_00>(p[2], p[3])
            ));
            let (c, d) = intrinsic!((
                _mm512_shuffle_f64x2::<0b11_01_11_01>(p[0], p[1]),
                _mm512_shuffle_f64x2::<0b11_01_11_01>(p[2], p[3])
            ));
            // Parts 0 and 2 of every pair are in a and b, parts 1 and 3 in c and d.
            rows[parity] = Self(intrinsic!(_mm512_shuffle_f64x2::<0b10_00_10_00>(a, b)));
            rows[parity + 4] = Self(intrinsic!(_mm512_shuffle_f64x2::<0b11_01_11_01>(a, b)));
            rows[parity + 2] = Self(intrinsic!(_mm512_shuffle_f64x2::<0b10_00_10_00>(c, d)));
            rows[parity + 6] = Self(intrinsic!(_mm512_shuffle_f64x2::<0b11_01_11_01>(c, d)));
        }
    }
}

super::super::instantiate!(Modulus<F64x8>, "avx512f,avx512dq,avx2,fma,bmi2");
