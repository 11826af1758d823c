//! Which fractions are added up beforehand, and which instruction set sums them; all give the same bits.

use std::ops::Range;

use super::bellard::first_negative;
use super::group::{Group, PAIRS, SINGLES, TRIPLES};
use super::{scalar, vector};
use crate::run::Job;
use crate::simd::{Kernel, Simd, Vectors};

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

/// Sums in lanes, as far as there are any, and returns the other terms.
fn in_lanes(
    simd: Simd,
    level: Level,
    exponent: i64,
    terms: Range<u64>,
    sums: &mut [i64],
    job: &Job,
) -> Range<u64> {
    simd.token().run(InLanes { level, exponent, terms, sums, job })
}

/// [`vector::add_terms`] for a way to group.
struct InLanes<'a> {
    level: Level,
    exponent: i64,
    terms: Range<u64>,
    sums: &'a mut [i64],
    job: &'a Job,
}

impl Kernel for InLanes<'_> {
    type Output = Range<u64>;

    #[inline(always)]
    fn run<S: Vectors>(self, simd: S) -> Range<u64> {
        let Self { level, exponent, terms, sums, job } = self;
        // Words are quicker there.
        if S::COMPACT {
            return terms;
        }
        match level {
            Level::Triples => {
                let rest = vector::add_terms::<S, 3, 4>(&TRIPLES, exponent, terms, sums, job, simd);
                // Sums so short that the scalar terms of a rest would show.
                vector::add_terms::<S, 3, 1>(&TRIPLES, exponent, rest, sums, job, simd)
            }
            Level::Pairs => vector::add_terms::<S, 4, 3>(&PAIRS, exponent, terms, sums, job, simd),
            Level::Singles => vector::add_terms::<S, 7, 2>(&SINGLES, exponent, terms, sums, job, simd),
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
