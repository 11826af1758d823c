//! The terms in `f64` lanes: consecutive n side by side, the groups of fractions in turn.
//!
//! A residue x of a modulus q is an integer in an `f64`, |x| ≤ 5q/8. With h = x·y rounded, l = x·y − h and
//! k = round(h/q), fma(−k, q, h) + l is x·y modulo q, every operation but the quotient exact. 1/q and its product with h
//! are each off by 2^−53, and so is h: |fma(−k, q, h) + l| ≤ (1/2 + 3·2^−53·h/q)·q, within the bound while h/q ≤ 2^49·2/3.
//! Factors that are powers of two leave l at zero, and so do moduli up to 2^27, whose squares fit 53 bits.
//!
//! All lanes and groups of a vector share one exponent, that of the last lane: the other lanes' greater ones differ
//! by powers of two that are multiplied in last. So no lane branches. A batch of vectors is a dozen
//! independent chains, which hide the latency.

use std::ops::Range;
use std::{array, slice};

use super::bellard::EXPONENT_STEP;
use super::fraction::LIMB_BITS;
use super::group::Group;
use crate::Job;
use crate::ntt::Vector;

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
    fn multiply<const NARROW: bool>(&mut self, factor: V) {
        self.value = if NARROW {
            self.reduced(self.value.mul(factor))
        } else {
            let (high, low) = self.value.two_product(factor);
            self.reduced(high).add(low)
        };
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

/// Adds the terms n in `terms` to `sums`, as [`super::scalar::sum`] does, bit for bit.
///
/// `terms` starts at an even n, is a multiple of the lanes long, and has no negative exponent. With moduli up to
/// 2^49·4/5, 2·x²/q is within the bound on h/q; `NARROW` ones are up to 2^27.
#[inline(always)]
pub(super) fn sum<V: Vector, const GROUPS: usize, const BATCH: usize, const NARROW: bool>(
    groups: &[Group; GROUPS],
    exponent: i64,
    terms: Range<u64>,
    sums: &mut [i64],
    job: &Job,
) {
    let lanes = V::LANES as u64;
    debug_assert!(terms.start.is_multiple_of(2) && (terms.end - terms.start).is_multiple_of(lanes));
    let middle = terms.end - (terms.end - terms.start) % (lanes * BATCH as u64);
    batches::<V, GROUPS, BATCH, NARROW>(groups, exponent, terms.start..middle, sums, job);
    if BATCH > 1 {
        batches::<V, GROUPS, 1, NARROW>(groups, exponent, middle..terms.end, sums, job);
    }
}

#[inline(always)]
fn batches<V: Vector, const GROUPS: usize, const BATCH: usize, const NARROW: bool>(
    groups: &[Group; GROUPS],
    exponent: i64,
    terms: Range<u64>,
    sums: &mut [i64],
    job: &Job,
) {
    const { assert!(GROUPS * BATCH <= MAX_CHAINS) };
    let lanes = V::LANES as u64;
    let mut totals = vec![V::splat(0.0); sums.len()];
    let mut first = terms.start;
    while first < terms.end {
        if job.is_cancelled() {
            return;
        }
        let end = terms.end.min(first + BATCHES * BATCH as u64 * lanes);
        while first < end {
            let firsts: [u64; BATCH] = array::from_fn(|vector| first + vector as u64 * lanes);
            let mut x = powers::<V, GROUPS, BATCH, NARROW>(groups, exponent, firsts);
            add_quotients(groups, &mut x, &mut totals);
            first += BATCH as u64 * lanes;
        }
        for (sum, total) in sums.iter_mut().zip(&mut totals) {
            for (lane, &value) in lanes_of(total).iter().enumerate() {
                *sum += if lane % 2 == 0 { value as i64 } else { -(value as i64) };
            }
            *total = V::splat(0.0);
        }
    }
}

/// The numerators of the groups, times 2^(exponent − 10n), for the n from each of `firsts` on.
#[inline(always)]
fn powers<V: Vector, const GROUPS: usize, const BATCH: usize, const NARROW: bool>(
    groups: &[Group; GROUPS],
    exponent: i64,
    firsts: [u64; BATCH],
) -> [[Residues<V>; GROUPS]; BATCH] {
    let lanes = V::LANES as u64;
    let numbers = firsts.map(|first| from_fn(|lane| (first + lane) as f64));
    let exponents = firsts.map(|first| exponent as u64 - EXPONENT_STEP * (first + lanes - 1));
    let degree = groups.iter().map(|group| group.degree as u32).min().unwrap_or(0);
    // The leading bits of the exponent are taken as one power of two, at most 2^49 times the least modulus: l is zero.
    let leading = 49 + u64::from(degree * (4 * firsts[0] + 1).ilog2());
    let mut rest = (leading.leading_zeros()).saturating_sub(exponents[0].leading_zeros());
    if exponents[0] >> rest > leading {
        rest += 1;
    }
    let mut x: [[Residues<V>; GROUPS]; BATCH] = array::from_fn(|vector| {
        let value = V::splat(power_of_two(exponents[vector] >> rest));
        array::from_fn(|g| {
            let modulus = polynomial(&groups[g].modulus[..=groups[g].degree], numbers[vector]);
            let inverse = from_fn(|lane| 1.0 / lanes_of(&modulus)[lane as usize]);
            let mut x = Residues { value, modulus, inverse };
            x.value = x.reduced(value);
            x
        })
    });
    for bit in (0..rest).rev() {
        for (x, exponent) in x.iter_mut().zip(exponents) {
            // One more in the exponent's bits doubles.
            let doubling = V::splat(f64::from_bits((exponent >> bit & 1) << 52));
            for x in x {
                x.multiply::<NARROW>(x.value.add_bits(doubling));
            }
        }
    }
    // 2^10 for each lane before the last, in steps that stay within the bound on h/q.
    let steps = if lanes > 4 { 2 } else { 1 };
    let apart = from_fn(|lane| power_of_two(EXPONENT_STEP / steps * (lanes - 1 - lane)));
    for (x, n) in x.iter_mut().zip(numbers) {
        for (x, group) in x.iter_mut().zip(groups) {
            if steps == 2 {
                x.scale(apart);
            }
            if group.degree == 1 {
                x.scale(apart.mul(V::splat(group.numerator[0] as f64)));
            } else {
                x.scale(apart);
                x.multiply::<false>(polynomial(&group.numerator[..group.degree], n));
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
    let mut highest_first = coefficients.iter().rev().map(|&coefficient| V::splat(coefficient as f64));
    let highest = highest_first.next().expect("a coefficient");
    highest_first.fold(highest, |sum, coefficient| sum.mul(n).add(coefficient))
}

/// 2^exponent, for exponents up to 1023.
#[inline(always)]
fn power_of_two(exponent: u64) -> f64 {
    f64::from_bits((1023 + exponent) << 52)
}

/// The vector of a function of the lane.
#[inline(always)]
fn from_fn<V: Vector>(mut lane: impl FnMut(u64) -> f64) -> V {
    let mut values = [0.0; 8];
    for (index, value) in values[..V::LANES].iter_mut().enumerate() {
        *value = lane(index as u64);
    }
    V::load(&values)
}

#[inline(always)]
fn lanes_of<V: Vector>(vector: &V) -> &[f64] {
    // SAFETY: a vector is `LANES` doubles without padding (the contract of `Vector`).
    unsafe { slice::from_raw_parts(slice::from_ref(vector).as_ptr().cast(), V::LANES) }
}
