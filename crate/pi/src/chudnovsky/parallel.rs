//! Subtrees on several threads: first many whole subtrees, then the merges above them, level by level.

use super::block::BLOCK_TERMS;
use super::cost::{merge_cost, spine_merge_cost};
use super::merge::{FRUGAL_MIN, is_frugal, merge, merge_long};
use super::part::{Part, middle};
use super::{last, precision, splitting};
use crate::arith::ntt::Plan;
use crate::run::allocation::{push, with_capacity};
use crate::run::{Context, Error, parallel, threads};

/// Subtrees for each thread, so that none waits long for the slowest one.
const SUBTREES: usize = 4;

/// The terms from a to the last one, n − 1, as by [`splitting::spine`].
pub(super) fn spine(a: u64, n: u64, cx: &Context) -> Result<Part, Error> {
    sum(a, n, Some(n), cx)
}

/// The terms a ≤ k < b, exactly, as by [`splitting::split`].
pub(super) fn split(a: u64, b: u64, cx: &Context) -> Result<Part, Error> {
    sum(a, b, None, cx)
}

/// The terms from a on, up to the last one of all or exactly.
fn sum(a: u64, end: u64, last: Option<u64>, cx: &Context) -> Result<Part, Error> {
    let cx = &cx.with_threads(threads::for_terms(end - a, cx.threads));
    let mut parts = each(subtrees(a, end, cx.threads), cx.threads, cx, |(a, b), cx| {
        let part = if last == Some(b) { splitting::spine(a, b, cx) } else { splitting::split(a, b, cx) };
        Ok((a, b, part?))
    })?;
    while parts.len() > 1 {
        let mut pairs = with_capacity(parts.len() / 2);
        let mut rest = parts.into_iter();
        while let (Some((a, _, left)), Some((_, b, right))) = (rest.next(), rest.next()) {
            push(&mut pairs, (a, b, left, right));
        }
        let limbs = pairs.iter().map(|(_, _, left, right)| left.t.len() + right.t.len());
        let (longest, all) = (limbs.clone().max().unwrap_or(0), limbs.sum());
        let saves_memory = is_frugal(all, cx);
        let at_once = at_once(pairs.len(), longest, cx.threads, saves_memory);
        if saves_memory || at_once == 1 {
            // The shorter buffers of more merges at once.
            cx.points.clear();
        }
        parts = each(pairs, at_once, cx, |(a, b, left, right), cx| {
            let part = if at_once > 1 {
                merge(left, right, cx)?
            } else if (a, Some(b)) == (0, last) && is_frugal(left.t.len() + right.q.len(), cx) {
                last::merge(left, right, precision::kept_limbs(b), cx)?
            } else {
                merge_long(left, right, cx)?
            };
            if last == Some(b) {
                cx.job.advance(spine_merge_cost(a, b));
                Ok((a, b, part.truncated(b - a)))
            } else {
                cx.job.advance(merge_cost(a, b));
                Ok((a, b, part))
            }
        })?;
    }
    parts.pop().map(|(_, _, part)| part).ok_or(Error::Cancelled)
}

/// The ranges of whole subtrees for so many threads, each of at least a block's terms.
fn subtrees(a: u64, n: u64, threads: usize) -> Vec<(u64, u64)> {
    let depth = depth(n - a, threads);
    let mut ranges = with_capacity(1 << depth);
    halve(a, n, depth, &mut ranges);
    ranges
}

/// How often so many terms are halved for so many threads.
pub(super) fn depth(terms: u64, threads: usize) -> u32 {
    let is_enough = |depth: u32| SUBTREES * threads <= 1 << depth || terms >> (depth + 1) < BLOCK_TERMS;
    (0..).find(|&depth| is_enough(depth)).unwrap_or(0)
}

fn halve(a: u64, b: u64, depth: u32, ranges: &mut Vec<(u64, u64)>) {
    if depth == 0 {
        push(ranges, (a, b));
    } else {
        let m = middle(a, b);
        halve(a, m, depth - 1, ranges);
        halve(m, b, depth - 1, ranges);
    }
}

/// How many of the merges of a level, the longest to so many limbs, are under way at once, each with its share of the
/// threads: so many that the level ends soonest, or, to save memory, so few that all threads are fed.
pub(super) fn at_once(pairs: usize, limbs: usize, threads: usize, is_frugal: bool) -> usize {
    let fed = Plan::for_product(limbs, 2).useful_threads(threads);
    if is_frugal {
        // A quarter of a level's merges together takes no more than one of the longest ones, which hold one spectrum.
        let share = if limbs < FRUGAL_MIN { pairs / 8 } else { pairs / 4 };
        return (threads / fed).max(share).clamp(1, threads.min(pairs));
    }
    // Rounds divided by the threads of a merge; of equals, the most at once meet least.
    let is_sooner = |k: usize, best: usize| {
        let (rounds, best_rounds) = (pairs.div_ceil(k), pairs.div_ceil(best));
        rounds * (threads / best).min(fed) <= best_rounds * (threads / k).min(fed)
    };
    (1..=threads.min(pairs)).fold(1, |best, k| if is_sooner(k, best) { k } else { best })
}

/// The results of `work` on all inputs, so many at once, each with its share of the threads.
fn each<I: Send, O: Send>(
    inputs: Vec<I>,
    at_once: usize,
    cx: &Context,
    work: impl Fn(I, &Context) -> Result<O, Error> + Sync,
) -> Result<Vec<O>, Error> {
    let inner = cx.with_threads((cx.threads / at_once).max(1));
    let results = parallel::map(inputs, at_once, |input| work(input, &inner));
    let mut outputs = with_capacity(results.len());
    for result in results {
        push(&mut outputs, result?);
    }
    Ok(outputs)
}
