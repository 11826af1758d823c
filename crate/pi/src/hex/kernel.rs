//! Which fractions are added up beforehand, and which instruction set sums them; all give the same bits.

use std::ops::Range;

use super::bellard::{PAIRS, SINGLES, TRIPLES};
use super::group::Group;
use super::partial::first_negative;
use super::{scalar, vector};
#[cfg(target_arch = "aarch64")]
use crate::ntt::aarch64::neon;
#[cfg(target_arch = "x86_64")]
use crate::ntt::x86_64::{avx2, avx512};
use crate::{Job, Simd};

/// Whole groups of lanes at every level.
const LANES: u64 = 8;

/// How the fractions of an n are grouped: a part of the definition of the sum, since each group is cut off by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Three groups, moduli up to 2^49·4/5.
    Triples,
    /// Four groups, moduli up to 2^49·4/5.
    Pairs,
    /// Seven fractions, moduli up to 2^27: products of two residues fit an `f64`.
    Narrow,
    /// Seven fractions, moduli up to 2^46.
    Wide,
}

impl Level {
    pub(super) const ALL: [Self; 4] = [Self::Triples, Self::Pairs, Self::Narrow, Self::Wide];

    /// The n that are grouped so.
    pub(super) const fn terms(self) -> Range<u64> {
        match self {
            Self::Triples => 0..14_112,
            Self::Pairs => 14_112..2_121_248,
            Self::Narrow => 2_121_248..13_421_768,
            Self::Wide => 13_421_768..1 << 42,
        }
    }

    pub(super) const fn groups(self) -> &'static [Group] {
        match self {
            Self::Triples => &TRIPLES,
            Self::Pairs => &PAIRS,
            Self::Narrow | Self::Wide => &SINGLES,
        }
    }
}

/// Adds the terms n in `terms` to `sums`: see [`scalar::sum`].
pub(super) fn sum(simd: Simd, exponent: i64, terms: Range<u64>, sums: &mut [i64], job: &Job) {
    for level in Level::ALL {
        let Range { start, end } = level.terms();
        let terms = start.max(terms.start)..end.min(terms.end);
        if !terms.is_empty() {
            sum_level(simd, level, exponent, terms, sums, job);
        }
    }
}

fn sum_level(simd: Simd, level: Level, exponent: i64, terms: Range<u64>, sums: &mut [i64], job: &Job) {
    // The lanes take whole vectors that start at an even n and have no negative exponent.
    let start = terms.start.next_multiple_of(2).min(terms.end);
    let end = first_negative(exponent).clamp(start, terms.end);
    let middle = start..end - (end - start) % LANES;
    let groups = level.groups();
    if in_lanes(simd, level, exponent, middle.clone(), sums, job) {
        scalar::sum(groups, exponent, terms.start..middle.start, sums, job);
        scalar::sum(groups, exponent, middle.end..terms.end, sums, job);
    } else {
        scalar::sum(groups, exponent, terms, sums, job);
    }
}

/// [`vector::sum`] compiled for an instruction set.
macro_rules! instantiate {
    ($name:ident, $vector:ty, $features:literal) => {
        #[target_feature(enable = $features)]
        fn $name(level: Level, exponent: i64, terms: Range<u64>, sums: &mut [i64], job: &Job) {
            type V = $vector;
            match level {
                Level::Triples => vector::sum::<V, 3, 4, false>(&TRIPLES, exponent, terms, sums, job),
                Level::Pairs => vector::sum::<V, 4, 3, false>(&PAIRS, exponent, terms, sums, job),
                Level::Narrow => vector::sum::<V, 7, 2, true>(&SINGLES, exponent, terms, sums, job),
                Level::Wide => vector::sum::<V, 7, 2, false>(&SINGLES, exponent, terms, sums, job),
            }
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
fn in_lanes(simd: Simd, level: Level, exponent: i64, terms: Range<u64>, sums: &mut [i64], job: &Job) -> bool {
    if !simd.is_available() {
        return false;
    }
    // SAFETY: the machine has the level's instructions.
    unsafe {
        match simd {
            #[cfg(target_arch = "x86_64")]
            Simd::Avx2 => in_avx2(level, exponent, terms, sums, job),
            #[cfg(target_arch = "x86_64")]
            Simd::Avx512 => in_avx512(level, exponent, terms, sums, job),
            #[cfg(target_arch = "aarch64")]
            Simd::Neon => in_neon(level, exponent, terms, sums, job),
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_adjoin_and_their_moduli_keep_within_bounds() {
        let mut next = 0;
        let bounds = [(1 << 49) / 5 * 4, (1 << 49) / 5 * 4, 1 << 27, 1 << 46];
        for (level, bound) in Level::ALL.into_iter().zip(bounds) {
            let Range { start, end } = level.terms();
            assert_eq!((start, start % LANES), (next, 0), "{level:?}");
            assert!(level.groups().iter().all(|group| group.modulus(end - 1) <= bound), "{level:?}");
            next = end;
        }
    }
}
