//! The plan of a conversion: how many digits stand where, to which precision.
//!
//! # Error
//!
//! A node of D digits holds a fraction in m = ⌈D·log2(10)/64⌉ + g limbs; measure its error η in units of its last
//! digit, 10^−D. A left child is the node cut short: its error is that of the node, which shrinks to nothing,
//! and less than one unit in its last limb, 10^D·B^−m ≤ B^−g. A right child inherits η as it is, and gets at
//! most 2 units of the last limb: one by cutting, one by the carry of what wraps around. With 2 units for each
//! pass of a leaf all errors come to less than η + (2·levels + 2·passes)·B^−g < η + 2^10·B^−g, for less than 40
//! levels and 200 passes a leaf. `leaf::MARGIN` leaves room for an η of 2^31 units of the fraction's last limb.

use crate::arith::cyclic::Ring;
use crate::simd::Detected;

/// Leaves have at most this many digits, and unless there is only one, at least half as many.
const LEAF_DIGITS: usize = 1024;

/// The bits of `digits` digits: rounded up, by up to 10^−6 of them.
pub(super) fn digit_bits(digits: usize) -> usize {
    // log2(10) = 3.3219280949, 217706/2^16 = 3.32193.
    (digits as u64 * 217_706).div_ceil(1 << 16) as usize
}

/// The limbs of a fraction that gives `digits` digits, with `guard` limbs below them.
pub(crate) fn fraction_limbs(digits: usize, guard: usize) -> usize {
    digit_bits(digits).div_ceil(64) + guard
}

/// The limbs of 5^digits.
fn power_limbs(digits: usize) -> usize {
    // log2(5) = 2.321928, 152170/2^16 = 2.321930.
    (digits as u64 * 152_170).div_ceil(1 << 16).div_ceil(64) as usize
}

/// Where a conversion splits.
///
/// Level 0 is the root; at level k the left child takes `LEAF·2^(levels − k − 1)` digits for one LEAF, so that
/// all splits at a level multiply by the same power.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tree {
    digits: usize,
    leaf: usize,
    pub(super) levels: usize,
    pub(super) guard: usize,
}

impl Tree {
    /// The tree over `digits` digits.
    pub(super) fn new(digits: usize, guard: usize) -> Self {
        Self::with_leaf(digits, guard, LEAF_DIGITS)
    }

    /// The same with leaves of at most `leaf_max` digits, a multiple of 64.
    pub(super) fn with_leaf(digits: usize, guard: usize, leaf_max: usize) -> Self {
        let levels = digits.div_ceil(leaf_max).next_power_of_two().ilog2() as usize;
        // A multiple of 64, for then the factor 2^h of 10^h is a shift by whole limbs.
        let leaf = digits.div_ceil(1 << levels).next_multiple_of(64);
        Self { digits, leaf, levels, guard }
    }

    /// The digits of the left child of a node at this level: a multiple of 64.
    pub(super) fn left_digits(&self, level: usize) -> usize {
        self.leaf << (self.levels - level - 1)
    }

    /// The limbs of a fraction for this many digits.
    pub(super) fn limbs(&self, digits: usize) -> usize {
        fraction_limbs(digits, self.guard)
    }

    /// Where frac(f·5^h) can be taken at this level.
    ///
    /// Without the h bits that 2^h makes integer, f has its digits' limbs less h/64; of the product only the limbs
    /// of the right child, just below the point, are wanted. The limbs above wrap around onto those below.
    pub(super) fn ring(&self, level: usize, simd: Detected) -> Ring {
        let left = self.left_digits(level);
        let node = self.digits.min(2 * left);
        let operand = self.limbs(node) - left / 64;
        Ring::on(operand.max(power_limbs(left) + self.limbs(node - left)), simd)
    }

    /// The cost of the conversion in the unit of [`Ring::transform_cost`].
    pub(super) fn cost(&self) -> u64 {
        let levels = (0..self.levels).map(|level| {
            let left = self.left_digits(level);
            let squaring = if level + 1 < self.levels { Self::squaring_cost(left) } else { 0 };
            let nodes = self.splits(level) as u64;
            squaring + (1 + 2 * nodes) * self.ring(level, Detected::best()).transform_cost()
        });
        levels.sum::<u64>() + Self::leaf_cost(self.digits)
    }

    /// The cost of 5^digits from its root.
    pub(super) fn squaring_cost(digits: usize) -> u64 {
        2 * Ring::new(power_limbs(digits)).transform_cost()
    }

    /// The cost of writing so many digits by words.
    pub(super) fn leaf_cost(digits: usize) -> u64 {
        6200 * digits as u64
    }

    /// The nodes at a level that have two children.
    fn splits(&self, level: usize) -> usize {
        let left = self.left_digits(level);
        self.digits / (2 * left) + usize::from(self.digits % (2 * left) > left)
    }
}
