//! The table of twiddle factors, one for every prime, in bit-reversed order.
//!
//! `W[0] = 1`, `W[2j]² = W[j]`, `W[2j + 1] = i·W[2j]`: block j of any level works modulo x^2L − W[j]² and
//! splits into x^L − W[j] and x^L + W[j], which are blocks 2j and 2j + 1 of the next level. The table of a
//! short transform is the beginning of that of a long one, and the inverses are the same numbers:
//! `1 / W[j] = −W[mirror(j)]`. Entries have the form of the kernels that read them.
//!
//! The beginning of a table stays. The rest, which long transforms need, is made anew for every prime of every product, by
//! one vector product an entry: a hundredth of the time, where tables would take half the room of a spectrum for ever.

use std::sync::{Mutex, OnceLock};

use super::kernels::{self, Field, Form, Kernels};
use super::primes::{self, PRIMES};
use super::quotient::{self, Multiplier};
use crate::run::allocation::{resize, with_capacity};
use crate::run::{Job, lock, parallel};
use crate::simd::Line;

/// The first `2^SIZES[k]` entries are made together, when first needed. A module of WebAssembly keeps fewer: its memory is dearer
/// than the few hundredths of time that it saves.
const SIZES: [u32; 3] = if cfg!(target_family = "wasm") { [8, 10, 11] } else { [8, 11, 14] };

/// The length of the longest table that stays.
pub(crate) const MAX_KEPT: usize = 1 << SIZES[SIZES.len() - 1];

/// The length of the shortest table.
pub(crate) const MIN_LEN: usize = 1 << SIZES[0];

type Tables = [[OnceLock<Box<[f64]>>; SIZES.len()]; PRIMES.len()];

static TABLES: [Tables; Form::COUNT] =
    [const { [const { [const { OnceLock::new() }; SIZES.len()] }; PRIMES.len()] }; Form::COUNT];

/// Held by the thread that builds a table of the prime.
static BUILDING: [Mutex<()>; PRIMES.len()] = [const { Mutex::new(()) }; PRIMES.len()];

/// Lines that are made between two looks at the cancel switch.
const SLICE: usize = 1 << 13;

/// At least `len` ≤ [`MAX_KEPT`] entries of the table of a prime; none when the job is cancelled before they are made.
pub(crate) fn table(prime: usize, len: usize, form: Form, job: &Job) -> Option<&'static [f64]> {
    let class = class(len);
    let table = &TABLES[form as usize][prime][class];
    if table.get().is_none() {
        let _building = lock(&BUILDING[prime]);
        if table.get().is_none() {
            let built = build(prime, SIZES[class], form, job)?;
            return Some(table.get_or_init(|| built));
        }
    }
    table.get().map(|table| &table[..])
}

/// The table of a prime, of more entries than stay, in the form of the kernels, by so many threads; none when the job is
/// cancelled.
pub(crate) fn fill(
    out: &mut [Line],
    prime: usize,
    kernels: Kernels,
    threads: usize,
    job: &Job,
) -> Option<()> {
    let p = PRIMES[prime];
    let field = Field { p: p as f64, twiddles: &[] };
    let beginning = table(prime, MAX_KEPT, kernels.form(), job)?.as_chunks().0;
    let mut len = beginning.len();
    for (out, eight) in out.iter_mut().zip(beginning) {
        *out = Line(*eight);
    }
    while len < out.len() {
        let root = primes::root(prime, (len * Line::POINTS).ilog2() + 2);
        let root = match kernels.form() {
            Form::Doubles => primes::balanced(root, p),
            Form::Integers => f64::from_bits(quotient::of(root, p)),
        };
        let (known, new) = out.split_at_mut(len);
        parallel::for_each(new[..len].chunks_mut(SLICE).zip(known.chunks(SLICE)), threads, |(new, known)| {
            if !job.is_cancelled() {
                kernels.scale(new, known, root, &field);
            }
        });
        len *= 2;
    }
    // A cancelled job has no room for a table.
    job.check().ok()
}

/// The memory of the tables that stay of one prime up to the one that has `len` entries; none for 0.
pub(crate) fn bytes(len: usize) -> usize {
    if len == 0 {
        return 0;
    }
    SIZES[..=class(len.min(MAX_KEPT))].iter().map(|log| size_of::<f64>() << log).sum()
}

/// The first class of at least `len` entries.
fn class(len: usize) -> usize {
    SIZES.iter().position(|&log| len <= 1 << log).expect("longer than any plan")
}

/// The index of −1/`W[j]`, for j ≥ 1: the bits below the leading one are complemented.
#[inline(always)]
pub(crate) fn mirror(j: usize) -> usize {
    let level = 1 << j.ilog2();
    3 * level - 1 - j
}

fn build(prime: usize, log: u32, form: Form, job: &Job) -> Option<Box<[f64]>> {
    let p = PRIMES[prime];
    let mut table = with_capacity(1 << log);
    table.push(match form {
        Form::Doubles => 1.0,
        Form::Integers => Multiplier::new(1, p).entry(),
    });
    for level in 0..log {
        // W[2^level + b] = W[2^level] · W[b], and W[2^level] has order 2^(level + 2).
        let root = primes::root(prime, level + 2);
        let len = 1 << level;
        // Others wait for the table: this thread must not wait for its turn.
        if job.handle.is_cancelled() {
            return None;
        }
        resize(&mut table, 2 * len, 0.0);
        let (known, new) = table.split_at_mut(len);
        match form {
            Form::Doubles => kernels::scale_words(new, known, primes::balanced(root, p), p as f64),
            Form::Integers => Multiplier::new(root, p).scale(new, known),
        }
    }
    Some(table.into_boxed_slice())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::{Simd, doubles};

    fn residue(x: f64, p: u64) -> u64 {
        assert!(x.abs() <= p as f64 / 2.0);
        if x < 0.0 { p - (-x) as u64 } else { x as u64 }
    }

    #[test]
    #[cfg_attr(miri, ignore)]
    fn tables_satisfy_their_definition() {
        for (prime, &p) in PRIMES.iter().enumerate() {
            let w: Vec<u64> = table(prime, 2000, Form::Doubles, &Job::new())
                .unwrap()
                .iter()
                .map(|&x| residue(x, p))
                .collect();
            assert_eq!(w[0], 1);
            for j in 0..1000 {
                assert_eq!(primes::mul(w[2 * j], w[2 * j], p), w[j]);
                assert_eq!(primes::mul(w[1], w[2 * j], p), w[2 * j + 1]);
                if j > 0 {
                    assert_eq!(primes::mul(w[j], w[mirror(j)], p), p - 1);
                }
            }
            if primes::SHORT {
                continue;
            }
            let quotients = table(prime, 2000, Form::Integers, &Job::new()).unwrap();
            assert!(w.iter().zip(quotients).all(|(&w, q)| q.to_bits() == quotient::of(w, p)));
        }
    }

    #[test]
    #[cfg_attr(miri, ignore)]
    fn long_tables_go_on_as_they_begin() {
        for (prime, &p) in PRIMES.iter().enumerate() {
            for simd in Simd::available() {
                let kernels = Kernels::of(simd.token(), 1 << 20);
                let mut lines = vec![Line::default(); 4 * MAX_KEPT / Line::POINTS];
                fill(&mut lines, prime, kernels, 2, &Job::new()).unwrap();
                let w: Vec<u64> = doubles(&lines)
                    .iter()
                    .map(|&x| match kernels.form() {
                        Form::Doubles => residue(x, p),
                        Form::Integers => {
                            let w = ((u128::from(x.to_bits()) * u128::from(p)) >> 52) as u64 + 1;
                            assert_eq!(quotient::of(w, p), x.to_bits());
                            w
                        }
                    })
                    .collect();
                for j in 0..w.len() / 2 {
                    assert_eq!(primes::mul(w[2 * j], w[2 * j], p), w[j], "{simd}");
                    assert_eq!(primes::mul(w[1], w[2 * j], p), w[2 * j + 1], "{simd}");
                }
            }
        }
    }
}
