//! A part of the sum: the terms of a range, as a fraction. Parts of adjoining ranges add up modulo 1.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::bellard::{self, SERIES};
use super::fraction::Fraction;
use super::kernel;
use crate::run::allocation::zeros;
use crate::run::{Error, Job, parallel, threads};

/// Terms n between two looks at the cancel switch's owner, and the unit that threads share out: even, a multiple
/// of every number of lanes, well under a millisecond, but in Miri.
const STRIP: u64 = if cfg!(miri) { 32 } else { 4096 };

/// Strips that threads are asked to help with at a time, of short fractions.
const PIECE: u64 = 256;

/// Limbs from which on their number tells how long a term takes.
const SHORT_LIMBS: u64 = 16;

/// The sum over n in `terms`, and over the groups of their fractions, of ± floor(2^F·{a·2^e/q}) units of 2^(−F), modulo 1,
/// F = 40·`limbs`, for the digits from `position` on.
///
/// A pure function, the same on every machine. It differs from the sum of the fractions {a·2^e/q} by less
/// than [`error_units`] units.
pub(crate) fn of_terms(position: u64, terms: Range<u64>, limbs: usize, job: &Job) -> Result<Fraction, Error> {
    let mut sum = Summing::new(position, terms, limbs);
    while !sum.is_done() {
        sum.step(job)?;
    }
    job.check()?;
    Ok(sum.total)
}

/// The sum of [`of_terms`], some terms at a time.
pub(super) struct Summing {
    position: u64,
    /// The terms that are left.
    terms: Range<u64>,
    limbs: usize,
    /// The sum of the others.
    total: Fraction,
}

impl Summing {
    /// A sum that has no term yet.
    pub(super) fn new(position: u64, terms: Range<u64>, limbs: usize) -> Self {
        Self { position, terms, limbs, total: Fraction::zero(limbs) }
    }

    /// Whether no term is left.
    pub(super) fn is_done(&self) -> bool {
        self.terms.is_empty()
    }

    /// Adds the next terms: a second's work or less, with the threads that have time for it now.
    pub(super) fn step(&mut self, job: &Job) -> Result<(), Error> {
        let piece = STRIP * (PIECE * SHORT_LIMBS / (self.limbs as u64).max(SHORT_LIMBS)).max(1);
        let Range { start, end } = self.terms;
        let next = (start / piece + 1).saturating_mul(piece).min(end);
        self.total.combine(&of_piece(self.position, start..next, self.limbs, job)?);
        self.terms.start = next;
        Ok(())
    }

    /// The sum of the terms that were added.
    pub(super) fn total(&self) -> &Fraction {
        &self.total
    }
}

/// [`of_terms`] on the threads that are there to help when it begins.
fn of_piece(position: u64, terms: Range<u64>, limbs: usize, job: &Job) -> Result<Fraction, Error> {
    let exponent = bellard::exponent(position);
    let next = AtomicU64::new(terms.start / STRIP);
    let total = Mutex::new(Fraction::zero(limbs));
    let work = || {
        let mut own = Fraction::zero(limbs);
        let mut sums = zeros(limbs);
        loop {
            let strip = next.fetch_add(1, Ordering::Relaxed);
            let (from, to) = ((strip * STRIP).max(terms.start), ((strip + 1) * STRIP).min(terms.end));
            if from >= to || job.is_cancelled() {
                break;
            }
            sums.fill(0);
            kernel::add_terms(job.simd(), exponent, from..to, &mut sums, job);
            own.add(&sums);
            job.advance(to - from);
        }
        total.lock().expect("no thread panics while it adds").combine(&own);
    };
    let strips = (terms.end.saturating_sub(terms.start)).div_ceil(STRIP);
    parallel::run(threads::for_pieces(strips, job.threads()), &work);
    job.check()?;
    Ok(total.into_inner().expect("no thread panics while it adds"))
}

/// The bound of [`of_terms`]'s error, in units of the last place: each group loses less than one, at most seven of an n, and
/// so do all the terms after the last one.
pub(crate) fn error_units(terms: u64) -> i64 {
    (SERIES.len() as u64 * terms + 1) as i64
}
