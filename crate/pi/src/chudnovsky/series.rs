//! Binary splitting: the sum over a range of terms from the sums over its halves.

use super::cost::{block_cost, merge_cost, spine_merge_cost};
use super::merge::{is_frugal, merge, merge_long};
use super::smooth::Exponents;
use super::{block, parallel, precision};
use crate::Error;
use crate::allocation::copy;
use crate::context::Context;

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
        let excess = self.q.len().min(self.t.len()).saturating_sub(precision::kept_limbs(terms));
        if excess > 0 {
            // Copies, for a vector that is drained keeps its memory.
            for number in [&mut self.q, &mut self.t] {
                *number = copy(&number[excess..]);
            }
        }
        self
    }
}

/// Numbers whose quotient `t / q` is the sum of the series.
pub(crate) struct Sum {
    pub(crate) q: Vec<u64>,
    pub(crate) t: Vec<u64>,
}

/// The sum of the series to a relative error below 2^(2 − bits).
pub(crate) fn series(bits: u64, cx: &Context) -> Result<Sum, Error> {
    let terms = precision::terms(bits);
    let sum =
        if parallel::pays(terms, cx.threads) { parallel::spine(0, terms, cx) } else { spine(0, terms, cx) };
    let Part { mut q, t, q_smooth, .. } = sum?;
    q_smooth.multiply_into(&mut q);
    Ok(Sum { q, t })
}

/// The terms from a to the last one, n − 1: without P and truncated to the precision that is left.
pub(super) fn spine(a: u64, n: u64, cx: &Context) -> Result<Part, Error> {
    if n - a <= block::MAX_TERMS {
        cx.job.advance(block_cost(n - a));
        return block::sum(a, n, false, cx);
    }
    let m = middle(a, n);
    let left = split(a, m, cx)?;
    if a == 0 && is_frugal(left.t.len(), cx) {
        // The transforms of the right half, whose numbers are truncated, are shorter.
        cx.points.clear();
    }
    let right = spine(m, n, cx)?;
    let part = if a == 0 { merge_long(left, right, cx) } else { merge(left, right, cx) };
    let part = part?.truncated(n - a);
    cx.job.advance(spine_merge_cost(a, n));
    Ok(part)
}

/// The terms a ≤ k < b, exactly.
pub(super) fn split(a: u64, b: u64, cx: &Context) -> Result<Part, Error> {
    if b - a <= block::MAX_TERMS {
        cx.job.advance(block_cost(b - a));
        return block::sum(a, b, true, cx);
    }
    let m = middle(a, b);
    let left = split(a, m, cx)?;
    let part = merge(left, split(m, b, cx)?, cx)?;
    cx.job.advance(merge_cost(a, b));
    Ok(part)
}

/// Where a range is halved: an even number of terms on the left keeps every sum positive.
pub(super) fn middle(a: u64, b: u64) -> u64 {
    a + (b - a).div_ceil(4) * 2
}
