//! What the parts of the series cost, for a progress that is linear in time.
//!
//! Measured, in the unit of [`crate::ntt::Plan::cost`]: every level of merges costs about the same a term, for what
//! the longer products take more is gained in the many small operations that go with short ones.

use super::block;
use super::series::middle;

/// The cost of a block of so many terms.
pub(super) fn block_cost(terms: u64) -> u64 {
    350_000 * terms
}

/// The cost of merging two parts to one of so many terms.
pub(super) fn merge_cost(terms: u64) -> u64 {
    100_000 * terms
}

/// The cost of the whole series, as its parts count it.
pub(super) fn series_cost(terms: u64) -> u64 {
    range_cost(0, terms)
}

fn range_cost(a: u64, b: u64) -> u64 {
    if b - a <= block::MAX_TERMS {
        return block_cost(b - a);
    }
    let m = middle(a, b);
    range_cost(a, m) + range_cost(m, b) + merge_cost(b - a)
}
