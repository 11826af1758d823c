//! The peak memory of the computation, from the sizes that its largest steps will have.

use super::finish::{MIN_LIMBS, series_bits};
use super::merge::shares_transforms;
use super::series::middle;
use super::{parallel, precision};
use crate::cyclic::Ring;
use crate::ntt::Plan;
use crate::radix::fraction_limbs;

/// Up to this many limbs nothing is multiplied but by words.
const WORDS_MAX: usize = 64;
/// Working memory of Karatsuba's method above that, below the transforms.
const KARATSUBA: usize = 7 << 10;
/// Stacks, leaves and exponents of small primes.
const FIXED: usize = 900;
/// Working memory of one transform besides its spectrum.
const TRANSFORM: usize = 8 << 10;

/// Bytes at the peak of computing `n` digits.
pub(crate) fn peak(n: usize, guard: usize, threads: usize) -> usize {
    let limbs = fraction_limbs(n, guard).max(MIN_LIMBS);
    let terms = precision::terms(series_bits(limbs));
    let merged = merged_limbs(terms);
    let ring = Ring::new(limbs + 2);
    let mut spectrum = ring.spectrum_bytes();
    let mut shared = ring.table_bytes();
    if shares_transforms(merged) {
        let merge = Plan::for_product(merged, 2);
        spectrum = spectrum.max(merge.spectrum_bytes());
        shared = shared.max(merge.table_bytes());
    }
    if shared > 0 {
        shared += TRANSFORM;
    } else if limbs > WORDS_MAX {
        shared = KARATSUBA;
    }
    // The last merge ends with its three spectra idle and both numbers in full.
    let series = 3 * spectrum + 2 * 8 * merged;
    // Q and T, the quotient, the reciprocal and the residuals, half as long, and one product.
    let division = 3 * spectrum + 5 * 8 * limbs;
    // The digits, the fraction and its right half, the powers of five, one product.
    let conversion = n + 3 * 8 * limbs + 2 * ring.spectrum_bytes();
    let sum = FIXED + shared + series.max(division).max(conversion);
    // Threads that merge at the same time hold a little more, how much is a matter of chance.
    sum + if parallel::pays(terms, threads) { sum / 8 } else { sum / 50 }
}

/// The limbs of T and Q after the last merge.
///
/// The left half has all of its limbs. A term's q has 3·log₂(k) + 53.3 bits, of which the small primes, which are
/// kept apart, take about 16.3, and the mean of 3·log₂(k) over the terms is 3/ln 2 below the last one.
fn merged_limbs(terms: u64) -> usize {
    let left = middle(0, terms);
    let bits_per_term = 3.0 * (left as f64).log2() + 32.7;
    (left as f64 * bits_per_term / 64.0) as usize + precision::kept_limbs(terms - left) + 1
}
