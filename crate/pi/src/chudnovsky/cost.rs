//! The cost of the parts of the series, for a progress that is linear in time.
//!
//! In the unit of [`crate::arith::ntt::Plan::cost`], in closed form, for there are many short merges; the constants follow
//! that function for the transforms of a merge and the measured times of whole computations for the blocks.

use super::block::BLOCK_TERMS;
use super::part::middle;

/// The cost of a block of so many terms.
pub(super) fn block_cost(terms: u64) -> u64 {
    430_000 * terms
}

/// The cost of merging two parts to the terms a ≤ k < b, exactly.
pub(super) fn merge_cost(a: u64, b: u64) -> u64 {
    let terms = b - a;
    // Of Q or T, for the middle of the octave.
    let bits_per_term = 3 * u64::from(b.ilog2()) + 34;
    let levels = u64::from(terms.ilog2());
    // Long transforms leave the caches.
    terms * bits_per_term * (670 + 45 * levels + 82 * levels.saturating_sub(13))
}

/// The cost of the same where b is the last term: there is no P, and the right part is truncated.
pub(super) fn spine_merge_cost(a: u64, b: u64) -> u64 {
    merge_cost(a, b) * 5 / 8
}

/// The cost of the whole series, as its parts count it.
pub(super) fn series_cost(terms: u64) -> u64 {
    let (mut a, mut cost) = (0, 0);
    while terms - a > BLOCK_TERMS {
        let m = middle(a, terms);
        cost += split_cost(a, m) + spine_merge_cost(a, terms);
        a = m;
    }
    cost + block_cost(terms - a)
}

/// The cost of the terms a ≤ k < b, exactly.
pub(super) fn split_cost(a: u64, b: u64) -> u64 {
    if b - a <= BLOCK_TERMS {
        return block_cost(b - a);
    }
    let m = middle(a, b);
    split_cost(a, m) + split_cost(m, b) + merge_cost(a, b)
}
