//! The peak memory of the computation, from the sizes that its largest steps will have.

use super::finish::{MIN_LIMBS, kept_buffers, series_bits};
use super::merge::{FRUGAL_MIN, shares_transforms};
use super::series::middle;
use super::{block, precision};
use crate::arith::cyclic::Ring;
use crate::arith::limbs::mul_scratch_bytes;
use crate::arith::ntt::Plan;
use crate::radix::fraction_limbs;
use crate::run::threads;
use crate::simd::Simd;

/// Leaves and small allocations.
const FIXED: usize = 500;

/// Bytes at the peak of computing `n` digits.
pub(crate) fn peak(n: usize, guard: usize, threads: usize) -> usize {
    let limbs = fraction_limbs(n, guard).max(MIN_LIMBS);
    let terms = precision::terms(series_bits(limbs));
    let typical = merged_limbs(terms);
    let merged = typical + if terms <= 2 * block::MAX_TERMS { ROUNDING_OF_BLOCKS } else { ROUNDING };
    let ring = Ring::on(limbs + 2, threads, Simd::detect());
    let mut plans: Vec<Plan> = ring.plan().into_iter().collect();
    let merge =
        shares_transforms(typical + ROUNDING, Simd::detect()).then(|| Plan::for_product(merged, 2, threads));
    plans.extend(merge);
    let series = match merge {
        // All five factors, while T is summed prime by prime.
        Some(merge) if typical >= FRUGAL_MIN + ROUNDING => NUMBERS * merged + merge.bytes(1, 2, threads),
        // Q and the factors of T, while T is summed prime by prime.
        Some(merge) => NUMBERS * merged + merge.bytes(2, 2, threads),
        // The factors, the three products, and what vectors have too much.
        None => 60 * (typical + 8) + mul_scratch_bytes(typical / 2 + 3),
    };
    let kept = merge.map_or(0, |merge| kept_buffers(limbs) * merge.spectrum_bytes());
    // Two residues, or what is kept for them, a prime of another and one that is left over; at most seven numbers; and
    // products of half the length in two pieces.
    let half = limbs / 2 + 2;
    let division = ring.bytes(2, threads).max(kept + ring.bytes(0, threads))
        + ring.bytes(0, 1)
        + 7 * 8 * limbs
        + if ring.plan().is_none() {
            mul_scratch_bytes(half) + mul_scratch_bytes(limbs.saturating_sub(half + 1))
        } else {
            0
        };
    // The digits, the fraction and its right half, the powers of five, one product.
    let conversion = n + 7 * 4 * limbs + ring.bytes(1, threads).max(kept + ring.bytes(0, threads));
    let tables = Plan::table_bytes(&plans);
    let sum = FIXED + tables + series.max(division).max(conversion);
    // Threads that merge at the same time hold a little more, how much is a matter of chance.
    sum + if threads::for_terms(terms, threads) > 1 { sum / 16 } else { sum / 50 }
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
    let limbs = |terms: u64, last: u64| (terms as f64 * (3.0 * (last as f64).log2() + 32.7) / 64.0) as usize;
    let right = terms - left;
    let right_limbs =
        if right <= block::MAX_TERMS { limbs(right, terms) } else { precision::kept_limbs(right) };
    limbs(left, left) + right_limbs
}
