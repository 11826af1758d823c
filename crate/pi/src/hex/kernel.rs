//! Which fractions are added up beforehand, and which instruction set sums them; all give the same bits.

use std::ops::Range;

use super::bellard::first_negative;
use super::group::{Group, PAIRS, SINGLES, TRIPLES};
use super::{scalar, vector};
use crate::run::Job;
use crate::simd::Simd;
#[cfg(target_arch = "aarch64")]
use crate::simd::neon;
#[cfg(target_feature = "simd128")]
use crate::simd::wasm128;
#[cfg(target_arch = "x86_64")]
use crate::simd::{avx2, avx512};

/// How the fractions of an n are grouped: a part of the definition of the sum, since each group is cut off by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Three groups, moduli up to 2^49·4/5.
    Triples,
    /// Four groups, moduli up to 2^49·4/5.
    Pairs,
    /// Seven fractions, moduli up to 2^46.
    Singles,
}

impl Level {
    pub(super) const ALL: [Self; 3] = [Self::Triples, Self::Pairs, Self::Singles];

    /// The n that are grouped so.
    pub(super) const fn terms(self) -> Range<u64> {
        match self {
            Self::Triples => 0..14_112,
            Self::Pairs => 14_112..2_121_248,
            Self::Singles => 2_121_248..1 << 42,
        }
    }

    pub(super) const fn groups(self) -> &'static [Group] {
        match self {
            Self::Triples => &TRIPLES,
            Self::Pairs => &PAIRS,
            Self::Singles => &SINGLES,
        }
    }
}

/// Adds the terms n in `terms` to `sums`: see [`scalar::add_terms`].
pub(super) fn add_terms(simd: Simd, exponent: i64, terms: Range<u64>, sums: &mut [i64], job: &Job) {
    for level in Level::ALL {
        let Range { start, end } = level.terms();
        let terms = start.max(terms.start)..end.min(terms.end);
        if !terms.is_empty() {
            add_level(simd, level, exponent, terms, sums, job);
        }
    }
}

fn add_level(simd: Simd, level: Level, exponent: i64, terms: Range<u64>, sums: &mut [i64], job: &Job) {
    // The lanes start at an even n and have no negative exponent.
    let start = terms.start.next_multiple_of(2).min(terms.end);
    let end = first_negative(exponent).clamp(start, terms.end);
    let rest = in_lanes(simd, level, exponent, start..end, sums, job);
    for terms in [terms.start..start, rest, end..terms.end] {
        scalar::add_terms(level.groups(), exponent, terms, sums, job);
    }
}

/// [`vector::add_terms`] compiled for an instruction set.
macro_rules! instantiate {
    ($name:ident, $vector:ty $(, $features:literal)?) => {
        $(#[target_feature(enable = $features)])?
        fn $name(level: Level, exponent: i64, terms: Range<u64>, sums: &mut [i64], job: &Job) -> Range<u64> {
            type V = $vector;
            match level {
                Level::Triples => {
                    let rest = vector::add_terms::<V, 3, 4>(&TRIPLES, exponent, terms, sums, job);
                    // Sums so short that the scalar terms of a rest would show.
                    vector::add_terms::<V, 3, 1>(&TRIPLES, exponent, rest, sums, job)
                }
                Level::Pairs => vector::add_terms::<V, 4, 3>(&PAIRS, exponent, terms, sums, job),
                Level::Singles => vector::add_terms::<V, 7, 2>(&SINGLES, exponent, terms, sums, job),
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
instantiate!(in_avx2, avx2::F64x4, "avx2,fma");
#[cfg(target_arch = "x86_64")]
instantiate!(in_avx512, avx512::F64x8, "avx512f,avx512bw,avx512dq,avx2,fma");
#[cfg(target_arch = "aarch64")]
instantiate!(in_neon, neon::F64x4, "neon");
#[cfg(target_feature = "simd128")]
instantiate!(in_wasm128, wasm128::F64x4);

/// Sums in lanes, as far as there are any, and returns the other terms.
fn in_lanes(
    simd: Simd,
    level: Level,
    exponent: i64,
    terms: Range<u64>,
    sums: &mut [i64],
    job: &Job,
) -> Range<u64> {
    if !simd.is_available() {
        return terms;
    }
    // SAFETY: the machine has the level's instructions.
    #[cfg_attr(target_arch = "wasm32", allow(unused_unsafe, reason = "a whole module has its instructions"))]
    unsafe {
        match simd {
            #[cfg(target_arch = "x86_64")]
            Simd::Avx2 => in_avx2(level, exponent, terms, sums, job),
            #[cfg(target_arch = "x86_64")]
            Simd::Avx512 | Simd::Avx512Ifma => in_avx512(level, exponent, terms, sums, job),
            #[cfg(target_arch = "aarch64")]
            Simd::Neon => in_neon(level, exponent, terms, sums, job),
            #[cfg(target_feature = "simd128")]
            Simd::Wasm128 | Simd::WasmRelaxed => in_wasm128(level, exponent, terms, sums, job),
            _ => terms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_adjoin_and_their_moduli_keep_within_bounds() {
        let mut next = 0;
        let bounds = [(1 << 49) / 5 * 4, (1 << 49) / 5 * 4, 1 << 46];
        for (level, bound) in Level::ALL.into_iter().zip(bounds) {
            let Range { start, end } = level.terms();
            assert_eq!(start, next, "{level:?}");
            assert!(level.groups().iter().all(|group| group.modulus(end - 1) <= bound), "{level:?}");
            next = end;
        }
    }
}
