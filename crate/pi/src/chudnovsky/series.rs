//! Binary splitting: the sum over a range of terms from the sums over its halves.

use super::cost::{block_cost, merge_cost, spine_merge_cost};
use super::merge::{is_frugal, merge, merge_long};
use super::part::Part;
use super::{block, last, parallel, precision};
use crate::run::{Context, Error, threads};

/// Numbers whose quotient `t / q` is the sum of the series.
pub(crate) struct Sum {
    pub(crate) q: Vec<u64>,
    pub(crate) t: Vec<u64>,
}

/// The sum of the series to a relative error below 2^(2 − bits).
pub(crate) fn series(bits: u64, cx: &Context) -> Result<Sum, Error> {
    let terms = precision::terms(bits);
    let sum = if threads::for_terms(terms, cx.threads) > 1 {
        parallel::spine(0, terms, cx)
    } else {
        spine(0, terms, cx)
    };
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
    if a == 0 && is_frugal(left.t.len() * 3 / 2, cx) {
        // The transforms of the right half, whose numbers are truncated, are shorter.
        cx.points.clear();
    }
    let right = spine(m, n, cx)?;
    let part = if a > 0 {
        merge(left, right, cx)
    } else if is_frugal(left.t.len() + right.q.len(), cx) {
        last::merge(left, right, precision::kept_limbs(n), cx)
    } else {
        merge_long(left, right, cx)
    };
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
