//! The lowest subtrees: a block of terms is sieved at once, then summed by leaves and small merges.

use super::leaf;
use super::merge::merge;
use super::part::Part;
use super::smooth::{Cofactors, Sieved};
use super::term::LEAF_TERMS;
use crate::run::{Context, Error};

/// Up to this many terms make a block.
pub(super) const BLOCK_TERMS: u64 = 128;

/// The sum over a ≤ k < b, with P or without.
pub(super) fn block(a: u64, b: u64, with_p: bool, cx: &Context) -> Result<Part, Error> {
    let mut terms = [Cofactors::EMPTY; BLOCK_TERMS as usize];
    let terms = &mut terms[..(b - a) as usize];
    let mut smooth = [const { Sieved::ONE }; BLOCK_TERMS.div_ceil(LEAF_TERMS) as usize];
    let leaves = &mut smooth[..(b - a).div_ceil(LEAF_TERMS) as usize];
    Sieved::sieve(a, terms, leaves);
    range(a, terms, leaves, with_p, cx)
}

fn range(a: u64, terms: &[Cofactors], leaves: &[Sieved], with_p: bool, cx: &Context) -> Result<Part, Error> {
    if let [leaf] = leaves {
        return Ok(leaf::leaf(a, terms, leaf, with_p));
    }
    let (left, right) = leaves.split_at(leaves.len() / 2);
    let middle = left.len() * LEAF_TERMS as usize;
    let (left_terms, right_terms) = terms.split_at(middle);
    let left = range(a, left_terms, left, true, cx)?;
    let right = range(a + middle as u64, right_terms, right, with_p, cx)?;
    merge(left, right, cx)
}
