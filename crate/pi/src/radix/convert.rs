//! The walk over the tree.

use super::leaf::write_digits;
use super::powers::Powers;
use super::tree::Tree;
use crate::run::allocation::{copy, with_capacity};
#[cfg(test)]
use crate::run::fault;
use crate::run::{Context, Error, parallel, threads};

/// Subtrees for each thread, so that none waits long for the slowest one.
const SUBTREES: usize = 8;

/// The upper levels of so many digits leave no idle memory to the lower ones, whose transforms are shorter.
const FRUGAL_LEVELS: usize = 2;
const FRUGAL_MIN: usize = 1 << 18;

/// Digits yet to be written, as a fraction.
struct Node {
    fraction: Vec<u64>,
    digits: usize,
    level: usize,
}

impl Node {
    /// The first digits and the rest; the power of the level is prepared.
    fn split(self, tree: &Tree, powers: &Powers, cx: &Context) -> Result<(Node, Option<Node>), Error> {
        let Node { mut fraction, digits, level } = self;
        #[cfg(test)]
        fault::strike(fault::Site::Node, &mut fraction);
        let left_digits = tree.left_digits(level);
        let level = level + 1;
        if digits <= left_digits {
            return Ok((Node { fraction, digits, level }, None));
        }
        let right_digits = digits - left_digits;
        let left = copy(&fraction[fraction.len() - tree.limbs(left_digits)..]);
        // f·2^h without its integer part, then times 5^h; the right child stands just below the point.
        fraction.truncate(fraction.len() - left_digits / 64);
        let point = fraction.len();
        let product = powers.multiply(tree, level - 1, &fraction, cx);
        drop(fraction);
        if level <= FRUGAL_LEVELS && digits >= FRUGAL_MIN {
            cx.points.clear();
        }
        cx.job.check()?;
        let right = copy(&product[point - tree.limbs(right_digits)..point]);
        let left = Node { fraction: left, digits: left_digits, level };
        Ok((left, Some(Node { fraction: right, digits: right_digits, level })))
    }
}

/// A conversion under way.
pub(crate) struct Conversion {
    tree: Tree,
    powers: Powers,
    /// The work that is left, the next digits on top.
    stack: Vec<Node>,
}

impl Conversion {
    /// The conversion of `digits` digits of a fraction of [`super::fraction_limbs`] limbs, the guard among them.
    pub(crate) fn new(fraction: Vec<u64>, digits: usize, guard: usize, cx: &Context) -> Result<Self, Error> {
        Self::over(Tree::new(digits, guard), fraction, digits, cx)
    }

    /// The cost of a conversion, as its parts count it, in the unit of [`crate::arith::ntt::Plan::cost`].
    pub(crate) fn cost(digits: usize, guard: usize) -> u64 {
        Tree::new(digits, guard).cost()
    }

    /// The same over a tree of one's choice.
    pub(super) fn over(tree: Tree, fraction: Vec<u64>, digits: usize, cx: &Context) -> Result<Self, Error> {
        debug_assert_eq!(fraction.len(), tree.limbs(digits));
        let stack = if digits == 0 { Vec::new() } else { vec![Node { fraction, digits, level: 0 }] };
        Ok(Self { powers: Powers::new(&tree, cx)?, tree, stack })
    }

    /// Does what has to be done before the next leaf can be written, and returns its length: 0 after the last one.
    pub(crate) fn next_len(&mut self, cx: &Context) -> Result<usize, Error> {
        while let Some(node) = self.stack.pop() {
            if node.level == self.tree.levels {
                let digits = node.digits;
                self.stack.push(node);
                return Ok(digits);
            }
            self.powers.prepare(&self.tree, node.level, cx);
            let (left, right) = node.split(&self.tree, &self.powers, cx)?;
            self.stack.extend(right);
            self.stack.push(left);
            // The oldest node is the highest one.
            self.powers.release_above(self.stack[0].level);
        }
        Ok(0)
    }

    /// Writes the leaf that [`Conversion::next_len`] found; whether its digits are certain.
    ///
    /// When they are not, a run of zeros or nines stands where the error bound cannot tell, and the fraction has
    /// to be computed with more guard limbs.
    pub(crate) fn write_leaf(&mut self, out: &mut [u8], cx: &Context) -> bool {
        let Some(leaf) = self.stack.pop() else { return true };
        cx.job.advance(Tree::leaf_cost(leaf.digits));
        write_digits(out, leaf.fraction, self.tree.guard)
    }

    /// Passes over the first `digits` digits, or, where a leaf has more than those, over those before that leaf; how many
    /// they are. To be called before the first leaf.
    pub(crate) fn skip(&mut self, digits: usize, cx: &Context) -> Result<usize, Error> {
        let mut left = digits;
        while let Some(node) = self.stack.pop() {
            if node.digits <= left {
                left -= node.digits;
            } else if left == 0 || node.level == self.tree.levels {
                self.stack.push(node);
                break;
            } else {
                self.powers.prepare(&self.tree, node.level, cx);
                let (first, rest) = node.split(&self.tree, &self.powers, cx)?;
                self.stack.extend(rest);
                self.stack.push(first);
            }
            if let Some(highest) = self.stack.first() {
                self.powers.release_above(highest.level);
            }
        }
        Ok(digits - left)
    }

    /// Does what takes the most memory, before there is any for the digits.
    pub(crate) fn start(&mut self, cx: &Context) -> Result<(), Error> {
        if cx.threads == 1 {
            self.next_len(cx)?;
        } else if self.tree.levels > 0
            && let Some(root) = self.stack.pop()
        {
            let (left, right) = root.split(&self.tree, &self.powers, cx)?;
            self.stack.extend(right);
            self.stack.push(left);
            self.powers.release_above(1);
        }
        Ok(())
    }

    /// Writes all digits; whether they are certain.
    pub(crate) fn write_all(mut self, out: &mut [u8], cx: &Context) -> Result<bool, Error> {
        let threads = threads::for_digits(out.len(), cx.threads);
        if threads > 1 {
            return self.write_parallel(out, &cx.with_threads(threads));
        }
        let mut rest = out;
        loop {
            let length = self.next_len(cx)?;
            if length == 0 {
                return Ok(true);
            }
            let (leaf, after) = rest.split_at_mut(length);
            if !self.write_leaf(leaf, cx) {
                return Ok(false);
            }
            rest = after;
        }
    }

    /// Splits level by level until there are many subtrees for each thread, then shares the subtrees out.
    fn write_parallel(mut self, out: &mut [u8], cx: &Context) -> Result<bool, Error> {
        let (tree, single) = (&self.tree, cx.with_threads(1));
        let subtrees = SUBTREES * cx.threads;
        let mut nodes = self.stack;
        nodes.reverse();
        for level in nodes[0].level..tree.levels {
            if nodes.len() >= subtrees {
                break;
            }
            self.powers.prepare(tree, level, cx);
            // The fewest at once that keep all threads busy, since each product has memory of its own.
            let fed =
                if out.len() < FRUGAL_MIN { 1 } else { tree.ring(level, cx.simd).useful_threads(cx.threads) };
            let at_once = (cx.threads / fed).min(nodes.len());
            let (powers, inner) = (&self.powers, cx.with_threads(cx.threads / at_once));
            let mut children = with_capacity(2 * nodes.len());
            for split in parallel::map(nodes, at_once, |node: Node| node.split(tree, powers, &inner)) {
                let (left, right) = split?;
                children.push(left);
                children.extend(right);
            }
            nodes = children;
            self.powers.release_above(level + 1);
        }
        let level = nodes[0].level;
        self.powers.prepare_below(tree, level, cx);
        let powers = &self.powers;

        let mut rest = out;
        let mut jobs = with_capacity(nodes.len());
        for node in nodes {
            let (part, after) = rest.split_at_mut(node.digits);
            jobs.push((node, part));
            rest = after;
        }
        let written =
            parallel::map(jobs, cx.threads, |(node, part)| write_subtree(node, part, tree, powers, &single));
        written.into_iter().try_fold(true, |certain, next| Ok(certain & next?))
    }
}

/// Writes the digits of one node whose powers are all prepared; whether they are certain.
fn write_subtree(
    node: Node,
    out: &mut [u8],
    tree: &Tree,
    powers: &Powers,
    cx: &Context,
) -> Result<bool, Error> {
    if node.level == tree.levels {
        cx.job.advance(Tree::leaf_cost(node.digits));
        return Ok(write_digits(out, node.fraction, tree.guard));
    }
    let (left, right) = node.split(tree, powers, cx)?;
    let (left_out, right_out) = out.split_at_mut(left.digits);
    let mut certain = write_subtree(left, left_out, tree, powers, cx)?;
    if let Some(right) = right {
        certain &= write_subtree(right, right_out, tree, powers, cx)?;
    }
    Ok(certain)
}
