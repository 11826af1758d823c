//! The powers of five that a conversion multiplies by.

use super::tree::Tree;
use crate::arith::cyclic::{RingFactor, RingResidue};
use crate::arith::limbs;
use crate::run::allocation::zeros;
use crate::run::{Context, Error, parallel};

/// One power a level, in the form in which it is multiplied with.
pub(super) struct Powers {
    levels: Vec<Level>,
}

enum Level {
    Limbs(Vec<u64>),
    Ready(RingResidue),
    Released,
}

impl Level {
    fn prepare(&mut self, tree: &Tree, level: usize, cx: &Context) {
        if let Self::Limbs(power) = self {
            *self = Self::Ready(tree.ring(level, cx.simd).forward(power, cx));
        }
    }
}

impl Powers {
    /// 5^h for the left children of every level.
    pub(super) fn new(tree: &Tree, cx: &Context) -> Result<Self, Error> {
        let mut levels: Vec<Vec<u64>> = Vec::with_capacity(tree.levels);
        for level in (0..tree.levels).rev() {
            let power = match levels.last() {
                None => small_power(tree.left_digits(level)),
                Some(root) => {
                    let mut square = zeros(2 * root.len());
                    limbs::square(&mut square, root, cx);
                    cx.job.advance(Tree::squaring_cost(tree.left_digits(level)));
                    limbs::trim(&mut square);
                    square
                }
            };
            cx.job.check()?;
            levels.push(power);
        }
        Ok(Self { levels: levels.into_iter().rev().map(Level::Limbs).collect() })
    }

    /// Transforms the power of a level, unless that is done, or is done with: the root's power is needed once.
    pub(super) fn prepare(&mut self, tree: &Tree, level: usize, cx: &Context) {
        if level > 0 {
            self.levels[level].prepare(tree, level, cx);
        }
    }

    /// Transforms the powers of a level and of all below it, but for the root's.
    pub(super) fn prepare_below(&mut self, tree: &Tree, level: usize, cx: &Context) {
        let single = cx.with_threads(1);
        let levels = self.levels.iter_mut().enumerate().skip(level.max(1));
        parallel::for_each(levels, cx.threads, |(level, power)| power.prepare(tree, level, &single));
    }

    /// The product of a fraction and the power of a level, which is prepared, in the ring of that level.
    pub(super) fn multiply(&self, tree: &Tree, level: usize, fraction: &[u64], cx: &Context) -> Vec<u64> {
        let ring = tree.ring(level, cx.simd);
        let power = match &self.levels[level] {
            Level::Limbs(power) => RingFactor::Number(power),
            Level::Ready(power) => RingFactor::Residue(power),
            Level::Released => unreachable!("a power is released after its last use"),
        };
        ring.product(fraction, power, cx)
    }

    /// Frees the powers of the levels above `level`, none of whose nodes is left.
    pub(super) fn release_above(&mut self, level: usize) {
        self.levels[..level].fill_with(|| Level::Released);
    }
}

/// 5^exponent, a word at a time.
fn small_power(exponent: usize) -> Vec<u64> {
    let mut power = vec![1];
    let mut left = exponent;
    while left > 0 {
        let step = left.min(27);
        let carry = limbs::mul_word_assign(&mut power, 5u64.pow(step as u32), 0);
        if carry != 0 {
            power.push(carry);
        }
        left -= step;
    }
    power
}
