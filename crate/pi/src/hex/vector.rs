//! The terms in `f64` lanes: consecutive n side by side, the groups of fractions in turn.
//!
//! A residue x of a modulus q is an integer in an `f64`, |x| ≤ 5q/8. With h = x·y rounded, l = x·y − h and
//! k = round(h/q), fma(−k, q, h) + l is x·y modulo q, every operation but the quotient exact. 1/q and its product with h
//! are each off by 2^−53, and so is h: |fma(−k, q, h) + l| ≤ (1/2 + 3·2^−53·h/q)·q, within the bound while h/q ≤ 2^49·2/3.
//! Factors that are powers of two leave l at zero.
//!
//! All lanes and groups of a vector share one exponent, that of the last lane: the other lanes' greater ones differ
//! by powers of two that are multiplied in last. So no lane branches. A batch of vectors is a dozen
//! independent chains, which hide the latency.

use std::ops::Range;

use super::bellard::EXPONENT_STEP;
use super::fraction::LIMB_BITS;
use super::group::Group;
use crate::run::Job;
use crate::run::allocation::resize;
use crate::simd::Vectors;

/// Between sums that a lane holds exactly: 14 chains, 2^9 quotients below 5/8·2^40 each.
const BATCHES: u64 = 1 << 9;
/// Quotients of a chain, one a limb, between two looks at the cancel switch: some milliseconds.
const QUOTIENTS: u64 = 1 << 13;
const MAX_CHAINS: usize = 14;

/// One residue in each lane, for one group.
#[derive(Clone, Copy)]
struct ResidueLanes<S: Vectors> {
    simd: S,
    value: S::Vector,
    modulus: S::Vector,
    inverse: S::Vector,
}

impl<S: Vectors> ResidueLanes<S> {
    /// value·factor
    #[inline(always)]
    fn multiply(&mut self, factor: S::Vector) {
        let (high, low) = self.simd.two_product(self.value, factor);
        self.value = self.simd.add(self.reduced(high), low);
    }

    /// value·factor, the factor a power of two.
    #[inline(always)]
    fn scale(&mut self, factor: S::Vector) {
        self.value = self.reduced(self.simd.mul(self.value, factor));
    }

    #[inline(always)]
    fn reduced(&self, product: S::Vector) -> S::Vector {
        let quotient = self.simd.round(self.simd.mul(product, self.inverse));
        self.simd.residue(quotient, self.modulus, product)
    }

    /// floor(value·2^40/modulus) or one more, the value becoming what remains.
    #[inline(always)]
    fn divide(&mut self, radix: S::Vector) -> S::Vector {
        let dividend = self.simd.mul(self.value, radix);
        let quotient = self.simd.round(self.simd.mul(dividend, self.inverse));
        self.value = self.simd.residue(quotient, self.modulus, dividend);
        quotient
    }
}

/// Adds the terms n in `terms`, but what is less than a batch at the end, to `sums`, as [`super::scalar::add_terms`] does, bit
/// for bit; returns the others.
///
/// `terms` starts at an even n and has no negative exponent. With moduli up to 2^49·4/5, 2·x²/q is within the bound on
/// h/q.
#[inline(always)]
pub(super) fn add_terms<S: Vectors, const GROUPS: usize, const BATCH: usize>(
    groups: &[Group; GROUPS],
    exponent: i64,
    terms: Range<u64>,
    sums: &mut [i64],
    job: &Job,
    simd: S,
) -> Range<u64> {
    const { assert!(GROUPS * BATCH <= MAX_CHAINS) };
    debug_assert!(terms.start.is_multiple_of(2));
    let batch = (S::LANES * BATCH) as u64;
    let whole = terms.end - (terms.end - terms.start) % batch;
    let mut totals = Vec::new();
    resize(&mut totals, sums.len(), simd.splat(0.0));
    let batches = BATCHES.min(QUOTIENTS / sums.len() as u64).max(1);
    let mut first = terms.start;
    while first < whole && !job.is_cancelled() {
        let end = whole.min(first + batches * batch);
        while first < end {
            let mut x: [[_; GROUPS]; BATCH] = powers(groups, exponent, first, simd);
            add_quotients(groups, &mut x, &mut totals, simd);
            first += batch;
        }
        for (sum, total) in sums.iter_mut().zip(&mut totals) {
            for (lane, &value) in lanes_of::<S>(total).iter().enumerate() {
                *sum += if lane % 2 == 0 { value as i64 } else { -(value as i64) };
            }
            *total = simd.splat(0.0);
        }
    }
    whole..terms.end
}

/// The numerators of the groups, times 2^(exponent − 10n), for the n from `first` on.
///
/// Loops instead of closures: a closure that is compiled by itself lacks the instruction set.
#[inline(always)]
fn powers<S: Vectors, const GROUPS: usize, const BATCH: usize>(
    groups: &[Group; GROUPS],
    exponent: i64,
    first: u64,
    simd: S,
) -> [[ResidueLanes<S>; GROUPS]; BATCH] {
    let lanes = S::LANES as u64;
    let (mut numbers, mut exponents) = ([simd.splat(0.0); BATCH], [0; BATCH]);
    let mut start = first;
    for (numbers, last) in numbers.iter_mut().zip(&mut exponents) {
        *numbers = simd.add(simd.splat(start as f64), lane_numbers(simd));
        *last = exponent as u64 - EXPONENT_STEP * (start + lanes - 1);
        start += lanes;
    }
    // The leading bits of the exponent are taken as one power of two, at most 2^49 times the least modulus: l is zero.
    let leading = 49 + u64::from(least_degree(groups) * (4 * first + 1).ilog2());
    let mut rest = (leading.leading_zeros()).saturating_sub(exponents[0].leading_zeros());
    if exponents[0] >> rest > leading {
        rest += 1;
    }
    let zero = simd.splat(0.0);
    let none = ResidueLanes { simd, value: zero, modulus: zero, inverse: zero };
    let mut x = [[none; GROUPS]; BATCH];
    for ((x, n), exponent) in x.iter_mut().zip(numbers).zip(exponents) {
        let power = simd.splat(power_of_two(exponent >> rest));
        for (x, group) in x.iter_mut().zip(groups) {
            x.modulus = polynomial(&group.modulus[..=group.degree], n, simd);
            x.inverse = reciprocal(x.modulus, simd);
            x.value = x.reduced(power);
        }
    }
    for bit in (0..rest).rev() {
        for (x, exponent) in x.iter_mut().zip(exponents) {
            // One more in the exponent's bits doubles.
            let doubling = simd.splat(f64::from_bits((exponent >> bit & 1) << 52));
            for x in x {
                x.multiply(simd.add_bits(x.value, doubling));
            }
        }
    }
    // 2^10 for each lane before the last, in steps that stay within the bound on h/q.
    let steps = if lanes > 4 { 2 } else { 1 };
    let apart = powers_of_two(EXPONENT_STEP / steps, simd);
    for (x, n) in x.iter_mut().zip(numbers) {
        for (x, group) in x.iter_mut().zip(groups) {
            if steps == 2 {
                x.scale(apart);
            }
            if group.degree == 1 {
                x.scale(simd.mul(apart, simd.splat(group.numerator[0] as f64)));
            } else {
                x.scale(apart);
                x.multiply(polynomial(&group.numerator[..group.degree], n, simd));
            }
        }
    }
    x
}

/// Divides, and adds the quotients, limb by limb.
#[inline(always)]
fn add_quotients<S: Vectors, const GROUPS: usize, const BATCH: usize>(
    groups: &[Group; GROUPS],
    x: &mut [[ResidueLanes<S>; GROUPS]; BATCH],
    totals: &mut [S::Vector],
    simd: S,
) {
    let radix = simd.splat(power_of_two(u64::from(LIMB_BITS)));
    let one_half = simd.splat(0.5);
    let last = totals.len() - 1;
    for (limb, total) in totals.iter_mut().enumerate() {
        for x in x.iter_mut() {
            for (x, group) in x.iter_mut().zip(groups) {
                let mut quotient = x.divide(radix);
                if limb == last {
                    // Where the remainder is below zero, the quotient was rounded up.
                    let rest = simd.sub(simd.mul(x.value, x.inverse), one_half);
                    quotient = simd.add(quotient, simd.round(rest));
                }
                *total = if group.sign > 0 { simd.add(*total, quotient) } else { simd.sub(*total, quotient) };
            }
        }
    }
}

/// The value of a polynomial, the constant coefficient first.
#[inline(always)]
fn polynomial<S: Vectors>(coefficients: &[u64], n: S::Vector, simd: S) -> S::Vector {
    let mut value = simd.splat(0.0);
    for (i, &coefficient) in coefficients.iter().rev().enumerate() {
        let coefficient = simd.splat(coefficient as f64);
        value = if i == 0 { coefficient } else { simd.add(simd.mul(value, n), coefficient) };
    }
    value
}

#[inline(always)]
fn least_degree<const GROUPS: usize>(groups: &[Group; GROUPS]) -> u32 {
    let mut least = groups[0].degree;
    for group in groups {
        least = least.min(group.degree);
    }
    least as u32
}

/// 2^exponent, for exponents up to 1023.
#[inline(always)]
fn power_of_two(exponent: u64) -> f64 {
    f64::from_bits((1023 + exponent) << 52)
}

/// 2^step for each lane before the last.
#[inline(always)]
fn powers_of_two<S: Vectors>(step: u64, simd: S) -> S::Vector {
    let mut powers = [1.0; 8];
    for (power, after) in powers[..S::LANES].iter_mut().rev().zip(0..) {
        *power = power_of_two(step * after);
    }
    simd.load(&powers)
}

/// 0, 1, 2, …
#[inline(always)]
fn lane_numbers<S: Vectors>(simd: S) -> S::Vector {
    simd.load(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
}

#[inline(always)]
fn reciprocal<S: Vectors>(vector: S::Vector, simd: S) -> S::Vector {
    let mut reciprocals = [0.0; 8];
    for (reciprocal, lane) in reciprocals.iter_mut().zip(lanes_of::<S>(&vector)) {
        *reciprocal = 1.0 / lane;
    }
    simd.load(&reciprocals)
}

#[inline(always)]
fn lanes_of<S: Vectors>(vector: &S::Vector) -> &[f64] {
    bytemuck::cast_slice(std::slice::from_ref(vector))
}
