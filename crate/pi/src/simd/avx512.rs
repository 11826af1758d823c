//! Eight doubles in an AVX-512 register.

use std::arch::x86_64::*;

use super::{EXPONENT, Vector};

#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct F64x8(pub(crate) __m512d);

/// The words of 16 bits among 64 that hold the numbers, and how far their bits are from the first one's.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    byte: usize,
    words: __m512i,
    shifts: __m512i,
    mask: __m512i,
}

/// Wraps intrinsics that touch no memory.
macro_rules! intrinsic {
    ($e:expr) => {
        // SAFETY: `F64x8` is used only by kernels that run on machines with AVX-512F,
        // AVX-512BW and AVX-512DQ; the instruction touches no memory.
        unsafe { $e }
    };
}

// SAFETY: `__m512d` is eight doubles, aligned to 64 bytes.
unsafe impl Vector for F64x8 {
    type Window = Window;

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
    fn split_bits(self) -> (Self, Self) {
        let bits = intrinsic!(_mm512_castpd_si512(self.0));
        let low = intrinsic!(_mm512_and_si512(bits, _mm512_set1_epi64((1 << 48) - 1)));
        let above = intrinsic!(_mm512_srli_epi64::<48>(bits));
        intrinsic!((Self(_mm512_castsi512_pd(low)), Self(_mm512_castsi512_pd(above))))
    }

    #[inline(always)]
    fn window(at: usize, step: usize, bits: u32) -> Window {
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
    fn digits(from: &[u64], byte: usize, window: &Window) -> Self {
        let byte = byte + window.byte;
        assert!(byte + 128 <= size_of_val(from));
        // SAFETY: AVX-512 as above; 128 bytes are there to be read, without alignment.
        Self(unsafe {
            let bytes = from.as_ptr().cast::<i32>().byte_add(byte);
            let (low, high) =
                (_mm512_loadu_si512(bytes.cast()), _mm512_loadu_si512(bytes.byte_add(64).cast()));
            let numbers = _mm512_permutex2var_epi16(low, window.words, high);
            let shifted = _mm512_srlv_epi64(numbers, window.shifts);
            // EXPONENT | (shifted & mask)
            let exponent = _mm512_set1_epi64(EXPONENT as i64);
            _mm512_castsi512_pd(_mm512_ternarylogic_epi64::<0xf8>(exponent, shifted, window.mask))
        })
    }

    #[inline(always)]
    fn after(self, before: Self, by: usize) -> Self {
        let (new, old) = intrinsic!((_mm512_castpd_si512(self.0), _mm512_castpd_si512(before.0)));
        Self(intrinsic!(_mm512_castsi512_pd(match by {
            1 => _mm512_alignr_epi64::<7>(new, old),
            _ => _mm512_alignr_epi64::<6>(new, old),
        })))
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
