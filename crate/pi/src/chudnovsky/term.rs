//! The terms of the series.
//!
//! 426880·√10005 / π = Σₖ (−1)ᵏ · (6k)! (A + Bk) / ((3k)! (k!)³ 640320³ᵏ), whose terms follow from each other by
//! the ratio p(k)/q(k) with p(k) = (6k − 5)(2k − 1)(6k − 1) and q(k) = k³ · 640320³/24.

pub(super) const A: u64 = 13_591_409;
pub(super) const B: u64 = 545_140_134;
/// 640320³ / 24.
pub(super) const C: u64 = 10_939_058_860_032_000;
/// log₂(q(k)/p(k)) in the limit, which it approaches from above: each term gives this many bits.
pub(super) const BITS_PER_TERM: f64 = 47.110_413_138_215_84;

/// Up to this many terms make a leaf; an even number.
pub(super) const LEAF_TERMS: u64 = 16;

/// A product of up to three words.
pub(super) struct Factors {
    words: [u64; 3],
    len: usize,
}

impl Factors {
    pub(super) fn new<const N: usize>(factors: [u64; N]) -> Self {
        let mut words = [1; 3];
        words[..N].copy_from_slice(&factors);
        Self { words, len: N }
    }

    pub(super) fn words(&self) -> &[u64] {
        &self.words[..self.len]
    }
}

/// p(k), with p(0) = 1.
pub(super) fn p(k: u64) -> Factors {
    if k == 0 {
        return Factors::new([]);
    }
    let (x, y) = ((6 * k - 5) * (2 * k - 1), 6 * k - 1);
    match x.checked_mul(y) {
        Some(product) => Factors::new([product]),
        None => Factors::new([x, y]),
    }
}

/// q(k), with q(0) = 1.
pub(super) fn q(k: u64) -> Factors {
    if k == 0 {
        return Factors::new([]);
    }
    match (k * k).checked_mul(k) {
        Some(cube) => Factors::new([cube, C]),
        None => Factors::new([k * k, k, C]),
    }
}

/// A + Bk.
pub(super) fn linear(k: u64) -> u64 {
    A + B * k
}
