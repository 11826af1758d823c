//! The terms in `f64` lanes: consecutive n side by side, the seven series in turn.
//!
//! A residue x of a modulus q is an integer in an `f64`, |x| ≤ 5q/8. With h = x·y, l = fma(x, y, −h) and
//! k = round(h/q), fma(−k, q, h) + l is x·y modulo q, every operation but the quotient exact; k is off by less
//! than 1/8 while h/q < 2^49, since 1/q and the product are each off by 2^−53. Factors that are powers of two
//! leave l at zero, and so do moduli up to 2^27, whose squares fit 53 bits.
//!
//! All lanes and series of a group share one exponent, that of the last lane: the other lanes' greater ones differ
//! by powers of two that are multiplied in last. So no lane branches, and seven independent chains hide
//! the latency.

use std::ops::Range;
use std::{array, slice};

use super::bellard::{EXPONENT_STEP, SERIES, Series};
use super::fraction::LIMB_BITS;
use crate::Job;
use crate::ntt::Vector;

/// Moduli up to which the product of two residues fits an `f64`.
pub(super) const NARROW_MODULUS: u64 = 1 << 27;
/// Moduli up to which the quotient's error stays below 1/8.
pub(super) const WIDE_MODULUS: u64 = 1 << 46;
/// The leading bits of the exponent are taken as one power of two, with an exponent up to this.
const LEADING: u64 = 50;
/// Between sums that a lane holds exactly: 7·2^10 quotients below 5/8·2^40.
const GROUPS: u64 = 1 << 10;

/// One residue in each lane, for one series.
#[derive(Clone, Copy)]
struct Residues<V> {
    value: V,
    modulus: V,
    inverse: V,
}

impl<V: Vector> Residues<V> {
    /// value²·factor, the factor a power of two.
    #[inline(always)]
    fn square<const NARROW: bool>(&mut self, scaled: V) {
        self.value = if NARROW {
            self.reduced(self.value.mul(scaled))
        } else {
            let (high, low) = self.value.two_product(scaled);
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
/// `terms` starts at an even n, is a multiple of the lanes long, and has no negative exponent.
#[inline(always)]
pub(super) fn sum<V: Vector, const NARROW: bool>(
    exponent: i64,
    terms: Range<u64>,
    sums: &mut [i64],
    job: &Job,
) {
    let lanes = V::LANES as u64;
    debug_assert!(terms.start.is_multiple_of(2) && (terms.end - terms.start).is_multiple_of(lanes));
    // Squarings between two multiplications by a power of two: x²·2^(2^WINDOW − 1)/q stays below 2^49.
    let window: u32 = if NARROW { 4 } else { 2 };
    // 2^10 for each lane before the last, in two equal parts; the series' own shift goes with the second.
    let half = EXPONENT_STEP / 2;
    let apart: V = from_fn(|lane| power_of_two(half * (lanes - 1 - lane)));
    let shifts: [V; 7] = array::from_fn(|s| apart.mul(V::splat(power_of_two(SERIES[s].shift))));
    let radix = V::splat(power_of_two(u64::from(LIMB_BITS)));
    let one_half = V::splat(0.5);
    let steps: [V; 7] = array::from_fn(|s| V::splat((SERIES[s].step * lanes) as f64));
    let mut moduli: [V; 7] =
        array::from_fn(|s| from_fn(|lane| (SERIES[s].step * (terms.start + lane) + SERIES[s].offset) as f64));
    let mut totals = vec![V::splat(0.0); sums.len()];
    let mut first = terms.start;
    while first < terms.end {
        if job.is_cancelled() {
            return;
        }
        let end = terms.end.min(first + GROUPS * lanes);
        while first < end {
            let exponent = exponent as u64 - EXPONENT_STEP * (first + lanes - 1);
            let mut rest = (u64::BITS - exponent.leading_zeros()).saturating_sub(6);
            if exponent >> rest > LEADING {
                rest += 1;
            }
            let leading = V::splat(power_of_two(exponent >> rest));
            let mut x: [Residues<V>; 7] = array::from_fn(|s| Residues {
                value: leading,
                modulus: moduli[s],
                inverse: from_fn(|lane| 1.0 / lanes_of(&moduli[s])[lane as usize]),
            });
            for x in &mut x {
                x.value = x.reduced(leading);
            }
            while rest > 0 {
                let width = (rest - 1) % window + 1;
                rest -= width;
                for _ in 1..width {
                    for x in &mut x {
                        x.square::<NARROW>(x.value);
                    }
                }
                let factor = V::splat(power_of_two(exponent >> rest & ((1 << width) - 1)));
                for x in &mut x {
                    x.square::<NARROW>(x.value.mul(factor));
                }
            }
            for (x, shift) in x.iter_mut().zip(shifts) {
                x.scale(apart);
                x.scale(shift);
            }
            let last = totals.len() - 1;
            for (limb, total) in totals.iter_mut().enumerate() {
                for (x, Series { sign, .. }) in x.iter_mut().zip(SERIES) {
                    let mut quotient = x.divide(radix);
                    if limb == last {
                        // Where the remainder is below zero, the quotient was rounded up.
                        quotient = quotient.add(x.value.mul(x.inverse).sub(one_half).round());
                    }
                    *total = if sign > 0 { total.add(quotient) } else { total.sub(quotient) };
                }
            }
            for (modulus, step) in moduli.iter_mut().zip(steps) {
                *modulus = modulus.add(step);
            }
            first += lanes;
        }
        for (sum, total) in sums.iter_mut().zip(&mut totals) {
            for (lane, &value) in lanes_of(total).iter().enumerate() {
                *sum += if lane % 2 == 0 { value as i64 } else { -(value as i64) };
            }
            *total = V::splat(0.0);
        }
    }
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
