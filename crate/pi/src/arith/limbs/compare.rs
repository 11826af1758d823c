//! Order and length.

use std::cmp::Ordering;

/// The limbs of `a` without leading zeros: how many count.
pub(crate) fn significant(a: &[u64]) -> usize {
    a.iter().rposition(|&x| x != 0).map_or(0, |i| i + 1)
}

/// Drops leading zeros.
pub(crate) fn trim(a: &mut Vec<u64>) {
    a.truncate(significant(a));
}

/// The order of two numbers, whatever their lengths.
pub(crate) fn compare(a: &[u64], b: &[u64]) -> Ordering {
    let (a, b) = (&a[..significant(a)], &b[..significant(b)]);
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}
