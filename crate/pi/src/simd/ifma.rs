//! Integers of 52 bits in an AVX-512 register, multiplied by AVX-512IFMA.

use std::arch::x86_64::*;

use super::EXPONENT;
use super::avx512::Avx512;
use super::token::token;

/// Work that is written for this instruction set alone.
pub(crate) trait IfmaKernel {
    type Output;

    /// `inline(always)`, and so is all that it calls: only so is it compiled with the instructions.
    fn run(self, simd: Ifma) -> Self::Output;
}

token! {
    /// AVX-512IFMA, and all that [`Avx512`] stands for.
    Ifma(Avx512 = Avx512::detect()), IfmaKernel, "avx512ifma", "avx512f", "avx512bw", "avx512dq", "avx2", "fma", "bmi2"
}

/// Calls intrinsics in a method of the token.
macro_rules! intrinsic {
    ($e:expr) => {
        // SAFETY: there is a token, and so the machine has AVX-512F, AVX-512DQ and AVX-512IFMA; the instruction
        // touches no memory.
        unsafe { $e }
    };
}

impl Ifma {
    /// The token of a part of the instructions.
    #[inline(always)]
    pub(crate) fn avx512(self) -> Avx512 {
        self.0
    }

    #[inline(always)]
    pub(crate) fn splat(self, x: u64) -> __m512i {
        intrinsic!(_mm512_set1_epi64(x as i64))
    }

    #[inline(always)]
    pub(crate) fn zero(self) -> __m512i {
        intrinsic!(_mm512_setzero_si512())
    }

    /// The bits of doubles.
    #[inline(always)]
    pub(crate) fn bits(self, x: __m512d) -> __m512i {
        intrinsic!(_mm512_castpd_si512(x))
    }

    /// The doubles of these bits.
    #[inline(always)]
    pub(crate) fn with_bits(self, x: __m512i) -> __m512d {
        intrinsic!(_mm512_castsi512_pd(x))
    }

    /// acc + a·b modulo 2^52
    #[inline(always)]
    pub(crate) fn low(self, acc: __m512i, a: __m512i, b: __m512i) -> __m512i {
        intrinsic!(_mm512_madd52lo_epu64(acc, a, b))
    }

    /// acc + ⌊a·b/2^52⌋
    #[inline(always)]
    pub(crate) fn high(self, acc: __m512i, a: __m512i, b: __m512i) -> __m512i {
        intrinsic!(_mm512_madd52hi_epu64(acc, a, b))
    }

    #[inline(always)]
    pub(crate) fn add(self, a: __m512i, b: __m512i) -> __m512i {
        intrinsic!(_mm512_add_epi64(a, b))
    }

    #[inline(always)]
    pub(crate) fn sub(self, a: __m512i, b: __m512i) -> __m512i {
        intrinsic!(_mm512_sub_epi64(a, b))
    }

    #[inline(always)]
    pub(crate) fn and(self, a: __m512i, b: __m512i) -> __m512i {
        intrinsic!(_mm512_and_si512(a, b))
    }

    #[inline(always)]
    pub(crate) fn min(self, a: __m512i, b: __m512i) -> __m512i {
        intrinsic!(_mm512_min_epu64(a, b))
    }

    /// −1 where x is negative, or else 0.
    #[inline(always)]
    pub(crate) fn negative(self, x: __m512i) -> __m512i {
        intrinsic!(_mm512_srai_epi64::<63>(x))
    }

    /// The doubles 2^52 + x of the low 52 bits x.
    #[inline(always)]
    pub(crate) fn doubles(self, x: __m512i) -> __m512d {
        // EXPONENT | (x & mask)
        let (exponent, mask) = (self.splat(EXPONENT), self.splat((1 << 52) - 1));
        self.with_bits(intrinsic!(_mm512_ternarylogic_epi64::<0xf8>(exponent, x, mask)))
    }
}
