//! The table of twiddle factors, one for every prime, in bit-reversed order.
//!
//! `W[0] = 1`, `W[2j]² = W[j]`, `W[2j + 1] = i·W[2j]`: block j of any level works modulo x^2L − W[j]² and
//! splits into x^L − W[j] and x^L + W[j], which are blocks 2j and 2j + 1 of the next level. The table of a
//! short transform is the beginning of that of a long one, and the inverses are the same numbers:
//! `1 / W[j] = −W[mirror(j)]`. Entries have the form of the kernels that read them.

use std::sync::{Mutex, OnceLock};

use super::kernels::{self, Form};
use super::primes::{self, PRIMES};
use super::quotient::Multiplier;
use crate::run::allocation::{resize, with_capacity};
use crate::run::{Job, parallel};

/// The first `2^SIZES[k]` entries are made together, when first needed. Long tables are made no longer than that.
const SIZES: [u32; 14] = [8, 11, 14, 16, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28];

/// The length of the shortest table.
pub(crate) const MIN_LEN: usize = 1 << SIZES[0];

type Tables = [[OnceLock<Box<[f64]>>; SIZES.len()]; PRIMES.len()];

static TABLES: [Tables; Form::COUNT] =
    [const { [const { [const { OnceLock::new() }; SIZES.len()] }; PRIMES.len()] }; Form::COUNT];

/// Held by the thread that builds a table of the prime.
static BUILDING: [Mutex<()>; PRIMES.len()] = [const { Mutex::new(()) }; PRIMES.len()];

/// Entries that are made between two looks at the cancel switch.
const SLICE: usize = 1 << 16;

/// At least `len` entries of the table of a prime; none when the job is cancelled before they are made.
pub(crate) fn table(prime: usize, len: usize, form: Form, job: &Job) -> Option<&'static [f64]> {
    let class = class(len);
    let table = &TABLES[form as usize][prime][class];
    if table.get().is_none() {
        let _building = parallel::lock(&BUILDING[prime]);
        if table.get().is_none() {
            let built = build(prime, SIZES[class], form, job)?;
            return Some(table.get_or_init(|| built));
        }
    }
    table.get().map(|table| &table[..])
}

/// The memory of the tables of one prime up to the one that has `len` entries; none for 0.
pub(crate) fn bytes(len: usize) -> usize {
    if len == 0 {
        return 0;
    }
    SIZES[..=class(len)].iter().map(|log| size_of::<f64>() << log).sum()
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
        for from in (0..len).step_by(SLICE) {
            job.check().ok()?;
            let to = len.min(from + SLICE);
            resize(&mut table, len + to, 0.0);
            let (known, new) = table.split_at_mut(len);
            let (new, known) = (&mut new[from..], &known[from..to]);
            match form {
                Form::Doubles => kernels::scale_words(new, known, primes::balanced(root, p), p as f64),
                Form::Integers => Multiplier::new(root, p).scale(new, known),
            }
        }
    }
    Some(table.into_boxed_slice())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::ntt::quotient;

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
            let quotients = table(prime, 2000, Form::Integers, &Job::new()).unwrap();
            assert!(w.iter().zip(quotients).all(|(&w, q)| q.to_bits() == quotient::of(w, p)));
        }
    }
}
