//! Binary splitting: the sum over a range of terms from the sums over its halves.

use super::block::BLOCK_TERMS;
use super::cost::{block_cost, merge_cost, spine_merge_cost};
use super::merge::{is_frugal, merge, merge_long};
use super::part::{Part, middle};
use super::{block, last, precision};
use crate::run::{Context, Error};

/// The terms from a to the last one, n − 1: without P and truncated to the precision that is left.
pub(super) fn spine(a: u64, n: u64, cx: &Context) -> Result<Part, Error> {
    if n - a <= BLOCK_TERMS {
        cx.job.advance(block_cost(n - a));
        return block::block(a, n, false, cx);
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
    if b - a <= BLOCK_TERMS {
        cx.job.advance(block_cost(b - a));
        return block::block(a, b, true, cx);
    }
    let m = middle(a, b);
    let left = split(a, m, cx)?;
    let part = merge(left, split(m, b, cx)?, cx)?;
    cx.job.advance(merge_cost(a, b));
    Ok(part)
}
