//! The sum over a range of terms, as integers.

use super::precision;
use super::smooth::Exponents;
use crate::run::allocation::copy;

/// The sum of the terms a ≤ k < b as integers: T/Q is the sum, relative to the term before a with the sign that makes
/// the first one positive, and P/Q is the ratio of the term at b to the one at a. The small primes of P and Q stand
/// apart.
pub(super) struct Part {
    /// P without its small primes; empty where no later part needs it.
    pub(super) p: Vec<u64>,
    /// Q without its small primes.
    pub(super) q: Vec<u64>,
    pub(super) t: Vec<u64>,
    pub(super) p_smooth: Exponents,
    pub(super) q_smooth: Exponents,
}

impl Part {
    /// Drops the lowest limbs of Q and T that the part from here to the last term does not need.
    pub(super) fn truncated(mut self, terms: u64) -> Self {
        let excess = self.excess(terms);
        if excess > 0 {
            // Copies, for a vector that is drained keeps its memory.
            for number in [&mut self.q, &mut self.t] {
                *number = copy(&number[excess..]);
            }
        }
        self
    }

    /// Q and T as [`Part::truncated`] leaves them, while the part stays as it is.
    pub(super) fn upper(&self, terms: u64) -> (Vec<u64>, Vec<u64>) {
        let excess = self.excess(terms);
        (copy(&self.q[excess..]), copy(&self.t[excess..]))
    }

    fn excess(&self, terms: u64) -> usize {
        self.q.len().min(self.t.len()).saturating_sub(precision::kept_limbs(terms))
    }
}

/// Where a range is halved: an even number of terms on the left keeps every sum positive.
pub(super) fn middle(a: u64, b: u64) -> u64 {
    a + (b - a).div_ceil(4) * 2
}
