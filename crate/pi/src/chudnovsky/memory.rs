//! The peak memory of the computation, from the sizes that its largest steps will have.

use super::block::BLOCK_TERMS;
use super::finish::{MIN_LIMBS, kept_buffers, series_bits};
use super::merge::{FRUGAL_MIN, shares_transforms};
use super::part::middle;
use super::series::Growing;
use super::term::BITS_PER_TERM;
use super::{parallel, precision};
use crate::arith::cyclic::{self, Ring};
use crate::arith::limbs::mul_scratch_bytes;
use crate::arith::newton::{FRUGAL_LIMBS, half_precision};
use crate::arith::ntt::{self, Plan};
use crate::radix::fraction_limbs;
use crate::run::{ALWAYS_FRUGAL, threads};
use crate::simd::Detected;

/// Leaves and small allocations.
const FIXED: usize = 500;

/// Bytes at the peak of computing `n` digits.
pub(crate) fn peak(n: usize, guard: usize, threads: usize, simd: Detected) -> usize {
    let limbs = fraction_limbs(n, guard).max(MIN_LIMBS);
    let terms = precision::terms(series_bits(limbs));
    let typical = merged_limbs(terms);
    let merged = typical + if terms <= 2 * BLOCK_TERMS { ROUNDING_OF_BLOCKS } else { ROUNDING };
    let half = half_precision(limbs);
    let ring = Ring::on(2 * half, simd);
    // Newton's steps and the conversion's levels halve the length.
    let rings = std::iter::successors(Some(2 * half), |limbs| (*limbs > 4).then_some(limbs / 2 + 2));
    let mut plans: Vec<Plan> = rings.filter_map(|limbs| Ring::on(limbs, simd).plan()).collect();
    let merge = shares_transforms(typical + ROUNDING, simd).then(|| Plan::for_product(merged, 2));
    plans.extend(merge);
    let frugal = limbs >= FRUGAL_LIMBS || ALWAYS_FRUGAL;
    let saves_merge = typical >= FRUGAL_MIN + ROUNDING || ALWAYS_FRUGAL && merge.is_some();
    let series = match merge {
        _ if saves_merge => last_merge(terms, threads).max(inner_merge(terms, threads)),
        // Q and the factors of T, while T is summed prime by prime.
        Some(merge) => NUMBERS * merged + merge.bytes(2, 2, threads),
        // The factors, the three products, and what vectors have too much.
        None => 60 * (typical + 8) + mul_scratch_bytes(typical / 2 + 3, simd),
    };
    // A last merge that saves memory leaves nothing, but the division does.
    let left = if saves_merge { ring.plan() } else { merge };
    let kept = left.map_or(0, |plan| kept_buffers(limbs) * plan.spectrum_bytes());
    let division = match ring.plan() {
        // u and v, which fills the ring, the two approximations, the quotient and the root's residual, while a sum of two
        // products is made prime by prime or, after that, written.
        Some(plan) if frugal => {
            let ring = 8 * plan.modulus_limbs();
            3 * 8 * limbs + ring + plan.bytes(1, 2, threads).max(plan.bytes(1, 0, 1) + ring)
        }
        // The quotient's residue as well, of which no more than one prime is multiplied.
        Some(plan) if plan.modulus_limbs() >= cyclic::FRUGAL_MIN => {
            3 * 8 * limbs + 8 * plan.modulus_limbs() + plan.bytes(2, 1, threads)
        }
        // Two residues, or what is kept for them, a prime of another and one that is left over; at most seven numbers.
        Some(_) => {
            ring.bytes(2, threads).max(kept + ring.bytes(0, threads)) + ring.bytes(0, 1) + 7 * 8 * limbs
        }
        // Products by a number of half the length in two pieces; by Karatsuba's method there is room for a piece beside its
        // scratch.
        None => {
            let with_piece = |n| match mul_scratch_bytes(n, simd) {
                0 => 0,
                scratch => scratch + 8 * limbs,
            };
            7 * 8 * limbs + with_piece(half + 1) + with_piece(half)
        }
    };
    let conversion = if frugal {
        // The fraction and its left half, the powers of five and one product; the digits come after that.
        3 * 8 * limbs + 2 * limbs + ring.bytes(1, threads)
    } else {
        // The digits, the fraction and its right half, the powers of five, one product.
        n + 7 * 4 * limbs + ring.bytes(1, threads).max(kept + ring.bytes(0, threads))
    };
    // Products of long numbers by Karatsuba's method, with a factor and the sum.
    let cut = if ring.plan().is_none() && !ntt::fits(limbs) {
        8 * 4 * limbs + mul_scratch_bytes(limbs, simd)
    } else {
        0
    };
    let tables = Plan::table_bytes(&plans, simd);
    let steps = series.max(division).max(conversion);
    // Of many threads some still hold what the level before has left.
    let left = if threads::for_terms(terms, threads) > 4 { steps / 16 } else { 0 };
    let sum = FIXED + tables + cut + (steps + left).max(merges_at_once(terms, threads, simd));
    // Threads that merge at the same time hold a little more, how much is a matter of chance, and what is rounded up or
    // waits beside long products is not counted above.
    let share = match (frugal, threads::for_terms(terms, threads) > 1) {
        (false, false) => 50,
        // The last merges are done one by one.
        (false, true) if saves_merge => 200,
        (false, true) if limbs < 1 << 14 => 40,
        (false, true) => 12,
        (true, _) => 10,
    };
    sum + sum / share
}

/// Bytes at the peak of a stage that reaches `n` digits: the sum of the series stays beside what as many digits take.
pub(crate) fn stage_peak(n: usize, guard: usize, threads: usize, simd: Detected) -> usize {
    let limbs = fraction_limbs(n, guard).max(MIN_LIMBS);
    let terms = Growing::terms_for(series_bits(limbs));
    let kept = 2 * (exact_limbs(terms, terms) + ROUNDING_OF_BLOCKS) + p_limbs(terms);
    peak(n, guard, threads, simd) + 8 * kept
}

/// Bytes at the peak of the last merge by a quotient, which is the product of T₂ and 1/Q₂.
fn last_merge(terms: u64, threads: usize) -> usize {
    let left = middle(0, terms);
    let (q1, p1) = (exact_limbs(left, left), p_limbs(left));
    let (q2, kept) = (precision::kept_limbs(terms - left), precision::kept_limbs(terms));
    let x = p1 + kept.saturating_sub(q1) + 2 * precision::QUOTIENT_GUARD_LIMBS + ROUNDING;
    let product = q2 + x + ROUNDING;
    8 * (2 * q1 + p1 + q2 + x + product) + Plan::for_product(product, 1).bytes(1, 1, threads)
}

/// Bytes at the peak of the merge to the left half of all terms.
fn inner_merge(terms: u64, threads: usize) -> usize {
    let left = middle(0, terms);
    let limbs = exact_limbs(left, left) + ROUNDING;
    let plan = Plan::for_product(limbs, 2);
    let spectra = if limbs < FRUGAL_MIN { 2 } else { 1 };
    8 * (2 * limbs + 2 * p_limbs(left)) + plan.bytes(spectra, 2, threads)
}

/// Bytes at the peak of the level whose merges, several at once, take the most.
fn merges_at_once(terms: u64, threads: usize, simd: Detected) -> usize {
    let threads = threads::for_terms(terms, threads);
    if threads == 1 {
        return 0;
    }
    let is_frugal = exact_limbs(terms, terms) >= FRUGAL_MIN;
    let bytes_of = |depth: u32| {
        let pairs = 1_usize << depth;
        let of_one = terms.div_ceil(pairs as u64);
        // The last merge of a level lacks the limbs that no digit needs, which counts while it is one of two at once.
        let limbs =
            if pairs == 2 && !is_frugal { merged_limbs(terms) / 2 } else { exact_limbs(of_one, terms) };
        let limbs = limbs + ROUNDING;
        let at_once = parallel::at_once(pairs, limbs, threads, is_frugal);
        let (spectra, inner) = (if limbs < FRUGAL_MIN { 2 } else { 1 }, threads / at_once);
        // One by one the longest take no more than the last ones.
        if at_once == 1 && (pairs == 1 || spectra == 1) {
            return 0;
        }
        let p = limbs.saturating_sub((of_one as f64 * BITS_PER_TERM / 64.0) as usize);
        let scratch = if shares_transforms(limbs, simd) {
            Plan::for_product(limbs, 2).bytes(spectra, 2, inner)
        } else {
            60 * (limbs + 8) + mul_scratch_bytes(limbs / 2 + 3, simd) - 8 * (2 * limbs + p)
        };
        pairs * 8 * (2 * limbs + p) + at_once * scratch
    };
    (0..parallel::depth(terms, threads)).map(bytes_of).max().unwrap_or(0)
}

/// Bytes of all numbers at the peak of the last merge, for each limb of T: P₁ and the right half are shorter.
const NUMBERS: usize = 19;

/// The limbs that rounding, and the small primes that the halves do not share, add to a merge at most; and to one of
/// two blocks.
const ROUNDING: usize = 13;
const ROUNDING_OF_BLOCKS: usize = 18;

/// The limbs of T and Q after the last merge.
///
/// The left half has all of its limbs, and so has a right one that is a block. A term's q has 3·log₂(k) + 53.3 bits,
/// of which the small primes, which are kept apart, take about 16.3, and the mean of 3·log₂(k) over the terms is
/// 3/ln 2 below the last one.
fn merged_limbs(terms: u64) -> usize {
    let left = middle(0, terms);
    let right = terms - left;
    let right_limbs =
        if right <= BLOCK_TERMS { exact_limbs(right, terms) } else { precision::kept_limbs(right) };
    exact_limbs(left, left) + right_limbs
}

/// The limbs of T and Q of so many terms up to this one.
fn exact_limbs(terms: u64, last: u64) -> usize {
    (terms as f64 * (3.0 * (last as f64).log2() + 32.7) / 64.0) as usize
}

/// Those of the P of the first terms.
fn p_limbs(terms: u64) -> usize {
    exact_limbs(terms, terms).saturating_sub((terms as f64 * BITS_PER_TERM / 64.0) as usize) + ROUNDING
}
