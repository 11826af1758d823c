//! Subtrees on several threads: first many whole subtrees, then the merges above them, level by level.

use super::cost::{merge_cost, spine_merge_cost};
use super::merge::{is_frugal, merge, merge_long};
use super::part::Part;
use super::series;
use crate::run::{Context, Error, parallel};

/// Below this many terms, starting threads costs more than they gain.
const MIN_TERMS: u64 = 2000;

/// Subtrees for each thread, so that none waits long for the slowest one.
const SUBTREES: usize = 4;

/// The primes of a product keep as many threads busy as that.
const FEW: usize = 4;

/// Whether the terms are worth so many threads.
pub(super) fn pays(terms: u64, threads: usize) -> bool {
    threads > 1 && terms >= MIN_TERMS
}

/// The terms from a to the last one, n − 1, as by [`series::spine`].
pub(super) fn spine(a: u64, n: u64, cx: &Context) -> Result<Part, Error> {
    let mut ranges = vec![(a, n)];
    while ranges.len() < SUBTREES * cx.threads {
        let halves = ranges.iter().map(|&(a, b)| (a, series::middle(a, b), b));
        ranges = halves.flat_map(|(a, m, b)| [(a, m), (m, b)]).collect();
    }
    let mut parts = each(ranges, cx, |(a, b), cx| {
        let part = if b == n { series::spine(a, b, cx) } else { series::split(a, b, cx) };
        Ok((a, b, part?))
    })?;
    while parts.len() > 1 {
        let mut pairs = Vec::with_capacity(parts.len() / 2);
        let mut rest = parts.into_iter();
        while let (Some((a, _, left)), Some((_, b, right))) = (rest.next(), rest.next()) {
            pairs.push((a, b, left, right));
        }
        // To save memory, no two of the longest merges are under way at the same time.
        let limbs = pairs.iter().map(|(_, _, left, right)| left.t.len() + right.t.len()).sum::<usize>();
        let one_by_one =
            pairs.len() < cx.threads || pairs.len() <= FEW.min(cx.threads) && is_frugal(limbs, cx);
        let merge = |(a, b, left, right), cx: &Context| {
            let part = if one_by_one { merge_long(left, right, cx)? } else { merge(left, right, cx)? };
            if b == n {
                cx.job.advance(spine_merge_cost(a, b));
                Ok((a, b, part.truncated(n - a)))
            } else {
                cx.job.advance(merge_cost(a, b));
                Ok((a, b, part))
            }
        };
        parts = if one_by_one {
            // One merge at a time works on two spectra and two primes of others for each thread.
            cx.points.keep(3);
            pairs.into_iter().map(|pair| merge(pair, cx)).collect::<Result<_, _>>()?
        } else {
            each(pairs, cx, merge)?
        };
    }
    parts.pop().map(|(_, _, part)| part).ok_or(Error::Cancelled)
}

/// The results of `work` on all inputs, each on a thread of its own.
fn each<I: Send, O: Send>(
    inputs: Vec<I>,
    cx: &Context,
    work: impl Fn(I, &Context) -> Result<O, Error> + Sync,
) -> Result<Vec<O>, Error> {
    let single = cx.with_threads(1);
    parallel::map(inputs, cx.threads, |input| work(input, &single)).into_iter().collect()
}
