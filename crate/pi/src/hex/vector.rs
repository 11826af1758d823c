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
use std::slice;

use super::bellard::EXPONENT_STEP;
use super::fraction::LIMB_BITS;
use super::group::Group;
use crate::run::Job;
use crate::run::allocation::resize;
use crate::simd::Vector;

/// Between sums that a lane holds exactly: 14 chains, 2^9 quotients below 5/8·2^40 each.
const BATCHES: u64 = 1 << 9;
const MAX_CHAINS: usize = 14;

/// One residue in each lane, for one group.
#[derive(Clone, Copy)]
struct Residues<V> {
    value: V,
    modulus: V,
    inverse: V,
}

impl<V: Vector> Residues<V> {
    /// value·factor
    #[inline(always)]
    fn multiply(&mut self, factor: V) {
        let (high, low) = self.value.two_product(factor);
        self.value = self.reduced(high).add(low);
    }

    /// value·factor, the factor a power of two.
    #[inline(always)]
    fn scale(&mut self, factor: V) {
        self.value = self.reduced(self.value.mul(factor));
    }

    #[inline(always)]
    fn reduced(&self, product: V) -> V {
        product.mul(self.inverse).round().residue(self.modulus, product)
    }

    /// floor(value·2^40/modulus) or one more, the value becoming what remains.
    #[inline(always)]
    fn divide(&mut self, radix: V) -> V {
        let dividend = self.value.mul(radix);
        let quotient = dividend.mul(self.inverse).round();
        self.value = quotient.residue(self.modulus, dividend);
        quotient
    }
}

/// Adds the terms n in `terms`, but what is less than a batch at the end, to `sums`, as [`super::scalar::add_terms`] does, bit
/// for bit; returns the others.
///
/// `terms` starts at an even n and has no negative exponent. With moduli up to 2^49·4/5, 2·x²/q is within the bound on
/// h/q.
#[inline(always)]
pub(super) fn add_terms<V: Vector, const GROUPS: usize, const BATCH: usize>(
    groups: &[Group; GROUPS],
    exponent: i64,
    terms: Range<u64>,
    sums: &mut [i64],
    job: &Job,
) -> Range<u64> {
    const { assert!(GROUPS * BATCH <= MAX_CHAINS) };
    debug_assert!(terms.start.is_multiple_of(2));
    let batch = (V::LANES * BATCH) as u64;
    let whole = terms.end - (terms.end - terms.start) % batch;
    let mut totals = Vec::new();
    resize(&mut totals, sums.len(), V::splat(0.0));
    let mut first = terms.start;
    while first < whole && !job.is_cancelled() {
        let end = whole.min(first + BATCHES * batch);
        while first < end {
            let mut x = powers::<V, GROUPS, BATCH>(groups, exponent, first);
            add_quotients(groups, &mut x, &mut totals);
            first += batch;
        }
        for (sum, total) in sums.iter_mut().zip(&mut totals) {
            for (lane, &value) in lanes_of(total).iter().enumerate() {
                *sum += if lane % 2 == 0 { value as i64 } else { -(value as i64) };
            }
            *total = V::splat(0.0);
        }
    }
    whole..terms.end
}

/// The numerators of the groups, times 2^(exponent − 10n), for the n from `first` on.
///
/// Loops instead of closures: a closure that is compiled by itself lacks the instruction set.
#[inline(always)]
fn powers<V: Vector, const GROUPS: usize, const BATCH: usize>(
    groups: &[Group; GROUPS],
    exponent: i64,
    first: u64,
) -> [[Residues<V>; GROUPS]; BATCH] {
    let lanes = V::LANES as u64;
    let (mut numbers, mut exponents) = ([V::splat(0.0); BATCH], [0; BATCH]);
    let mut start = first;
    for (numbers, last) in numbers.iter_mut().zip(&mut exponents) {
        *numbers = V::splat(start as f64).add(lane_numbers());
        *last = exponent as u64 - EXPONENT_STEP * (start + lanes - 1);
        start += lanes;
    }
    // The leading bits of the exponent are taken as one power of two, at most 2^49 times the least modulus: l is zero.
    let leading = 49 + u64::from(least_degree(groups) * (4 * first + 1).ilog2());
    let mut rest = (leading.leading_zeros()).saturating_sub(exponents[0].leading_zeros());
    if exponents[0] >> rest > leading {
        rest += 1;
    }
    let none = Residues { value: V::splat(0.0), modulus: V::splat(0.0), inverse: V::splat(0.0) };
    let mut x = [[none; GROUPS]; BATCH];
    for ((x, n), exponent) in x.iter_mut().zip(numbers).zip(exponents) {
        let power = V::splat(power_of_two(exponent >> rest));
        for (x, group) in x.iter_mut().zip(groups) {
            x.modulus = polynomial(&group.modulus[..=group.degree], n);
            x.inverse = reciprocal(x.modulus);
            x.value = x.reduced(power);
        }
    }
    for bit in (0..rest).rev() {
        for (x, exponent) in x.iter_mut().zip(exponents) {
            // One more in the exponent's bits doubles.
            let doubling = V::splat(f64::from_bits((exponent >> bit & 1) << 52));
            for x in x {
                x.multiply(x.value.add_bits(doubling));
            }
        }
    }
    // 2^10 for each lane before the last, in steps that stay within the bound on h/q.
    let steps = if lanes > 4 { 2 } else { 1 };
    let apart = powers_of_two(EXPONENT_STEP / steps);
    for (x, n) in x.iter_mut().zip(numbers) {
        for (x, group) in x.iter_mut().zip(groups) {
            if steps == 2 {
                x.scale(apart);
            }
            if group.degree == 1 {
                x.scale(apart.mul(V::splat(group.numerator[0] as f64)));
            } else {
                x.scale(apart);
                x.multiply(polynomial(&group.numerator[..group.degree], n));
            }
        }
    }
    x
}

/// Divides, and adds the quotients, limb by limb.
#[inline(always)]
fn add_quotients<V: Vector, const GROUPS: usize, const BATCH: usize>(
    groups: &[Group; GROUPS],
    x: &mut [[Residues<V>; GROUPS]; BATCH],
    totals: &mut [V],
) {
    let radix = V::splat(power_of_two(u64::from(LIMB_BITS)));
    let one_half = V::splat(0.5);
    let last = totals.len() - 1;
    for (limb, total) in totals.iter_mut().enumerate() {
        for x in x.iter_mut() {
            for (x, group) in x.iter_mut().zip(groups) {
                let mut quotient = x.divide(radix);
                if limb == last {
                    // Where the remainder is below zero, the quotient was rounded up.
                    quotient = quotient.add(x.value.mul(x.inverse).sub(one_half).round());
                }
                *total = if group.sign > 0 { total.add(quotient) } else { total.sub(quotient) };
            }
        }
    }
}

/// The value of a polynomial, the constant coefficient first.
#[inline(always)]
fn polynomial<V: Vector>(coefficients: &[u64], n: V) -> V {
    let mut value = V::splat(0.0);
    for (i, &coefficient) in coefficients.iter().rev().enumerate() {
        let coefficient = V::splat(coefficient as f64);
        value = if i == 0 { coefficient } else { value.mul(n).add(coefficient) };
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
fn powers_of_two<V: Vector>(step: u64) -> V {
    let mut powers = [1.0; 8];
    for (power, after) in powers[..V::LANES].iter_mut().rev().zip(0..) {
        *power = power_of_two(step * after);
    }
    V::load(&powers)
}

/// 0, 1, 2, …
#[inline(always)]
fn lane_numbers<V: Vector>() -> V {
    V::load(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
}

#[inline(always)]
fn reciprocal<V: Vector>(vector: V) -> V {
    let mut reciprocals = [0.0; 8];
    for (reciprocal, lane) in reciprocals.iter_mut().zip(lanes_of(&vector)) {
        *reciprocal = 1.0 / lane;
    }
    V::load(&reciprocals)
}

#[inline(always)]
fn lanes_of<V: Vector>(vector: &V) -> &[f64] {
    // SAFETY: a vector is `LANES` doubles without padding (the contract of `Vector`).
    unsafe { slice::from_raw_parts(slice::from_ref(vector).as_ptr().cast(), V::LANES) }
}
