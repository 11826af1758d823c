//! Which instruction set sums the terms; all give the same bits.

use std::ops::Range;

use super::partial::first_negative;
use super::scalar;
use super::vector::{self, NARROW_MODULUS, WIDE_MODULUS};
#[cfg(target_arch = "aarch64")]
use crate::ntt::aarch64::neon;
#[cfg(target_arch = "x86_64")]
use crate::ntt::x86_64::{avx2, avx512};
use crate::{Job, Simd};

/// Whole groups of lanes at every level.
const GROUP: u64 = 8;

/// Adds the terms n in `terms` to `sums`: see [`scalar::sum`].
pub(super) fn sum(simd: Simd, exponent: i64, terms: Range<u64>, sums: &mut [i64], job: &Job) {
    // The lanes take whole groups that start at an even n and have no negative exponent.
    let start = terms.start.next_multiple_of(2).min(terms.end);
    let end = first_negative(exponent).clamp(start, terms.end);
    let middle = start..end - (end - start) % GROUP;
    let modulus = 10 * middle.end;
    let summed = if modulus <= NARROW_MODULUS {
        in_lanes::<true>(simd, exponent, middle.clone(), sums, job)
    } else {
        modulus <= WIDE_MODULUS && in_lanes::<false>(simd, exponent, middle.clone(), sums, job)
    };
    if summed {
        scalar::sum(exponent, terms.start..middle.start, sums, job);
        scalar::sum(exponent, middle.end..terms.end, sums, job);
    } else {
        scalar::sum(exponent, terms, sums, job);
    }
}

/// [`vector::sum`] compiled for an instruction set.
macro_rules! instantiate {
    ($name:ident, $vector:ty, $features:literal) => {
        #[target_feature(enable = $features)]
        fn $name<const NARROW: bool>(exponent: i64, terms: Range<u64>, sums: &mut [i64], job: &Job) {
            vector::sum::<$vector, NARROW>(exponent, terms, sums, job);
        }
    };
}

#[cfg(target_arch = "x86_64")]
instantiate!(in_avx2, avx2::F64x4, "avx2,fma");
#[cfg(target_arch = "x86_64")]
instantiate!(in_avx512, avx512::F64x8, "avx512f,avx512dq,avx2,fma");
#[cfg(target_arch = "aarch64")]
instantiate!(in_neon, neon::F64x4, "neon");

/// Sums in lanes, or returns false where there are none.
fn in_lanes<const NARROW: bool>(
    simd: Simd,
    exponent: i64,
    terms: Range<u64>,
    sums: &mut [i64],
    job: &Job,
) -> bool {
    if !simd.is_available() {
        return false;
    }
    // SAFETY: the machine has the level's instructions.
    unsafe {
        match simd {
            #[cfg(target_arch = "x86_64")]
            Simd::Avx2 => in_avx2::<NARROW>(exponent, terms, sums, job),
            #[cfg(target_arch = "x86_64")]
            Simd::Avx512 => in_avx512::<NARROW>(exponent, terms, sums, job),
            #[cfg(target_arch = "aarch64")]
            Simd::Neon => in_neon::<NARROW>(exponent, terms, sums, job),
            _ => return false,
        }
    }
    true
}
