//! The terms in 64-bit integers: any processor, any exponent; the vector kernel is tested against it.
//!
//! P. L. Montgomery, "Modular multiplication without trial division", Mathematics of Computation 44 (1985).

use std::ops::Range;

use super::bellard::EXPONENT_STEP;
use super::fraction::{LIMB_BITS, LIMB_MASK};
use super::group::Group;
use crate::Job;

/// Adds the terms n in `terms`, as the fractions of `groups`, each cut off below the last limb, to `sums`, limb by limb.
///
/// Returns early, with less than the sum, once the job is cancelled.
pub(super) fn sum(groups: &[Group], exponent: i64, terms: Range<u64>, sums: &mut [i64], job: &Job) {
    for n in terms {
        if job.is_cancelled() {
            return;
        }
        let sign = if n % 2 == 0 { 1 } else { -1 };
        let exponent = exponent - (EXPONENT_STEP * n) as i64;
        for group in groups {
            let (numerator, modulus) = (group.numerator(n), group.modulus(n));
            match u64::try_from(exponent) {
                Ok(exponent) => add_power(exponent, numerator, modulus, sign * group.sign, sums),
                Err(_) => add_small(exponent.unsigned_abs(), numerator, modulus, sign * group.sign, sums),
            }
        }
    }
}

/// An odd modulus, below 2^63, with what reduction by R = 2^64 needs.
struct Montgomery {
    modulus: u64,
    inverse: u64,
}

impl Montgomery {
    fn new(modulus: u64) -> Self {
        // Newton's iteration doubles the right bits of the inverse: 5, 10, 20, 40, 80.
        let mut inverse = modulus.wrapping_mul(3) ^ 2;
        for _ in 0..4 {
            inverse = inverse.wrapping_mul(2u64.wrapping_sub(modulus.wrapping_mul(inverse)));
        }
        Self { modulus, inverse }
    }

    /// a·b/R modulo the modulus, which one of the factors is below.
    fn multiply(&self, a: u64, b: u64) -> u64 {
        let product = u128::from(a) * u128::from(b);
        let m = (product as u64).wrapping_mul(self.inverse);
        let (difference, borrow) = ((product >> 64) as u64)
            .overflowing_sub(((u128::from(m) * u128::from(self.modulus)) >> 64) as u64);
        if borrow { difference.wrapping_add(self.modulus) } else { difference }
    }

    fn double(&self, a: u64) -> u64 {
        let twice = 2 * a;
        if twice >= self.modulus { twice - self.modulus } else { twice }
    }

    /// 2^exponent·R modulo the modulus.
    fn power_of_two(&self, exponent: u64) -> u64 {
        // The leading bits are a shift, the others squarings and doublings.
        let rest = (u64::BITS - exponent.leading_zeros()).saturating_sub(6);
        let mut power = ((1u128 << (64 + (exponent >> rest))) % u128::from(self.modulus)) as u64;
        for bit in (0..rest).rev() {
            power = self.multiply(power, power);
            if exponent >> bit & 1 == 1 {
                power = self.double(power);
            }
        }
        power
    }
}

/// Adds ± the fraction of numerator·2^exponent / modulus.
fn add_power(exponent: u64, numerator: u64, modulus: u64, sign: i64, sums: &mut [i64]) {
    let field = Montgomery::new(modulus);
    let mut remainder = field.multiply(field.power_of_two(exponent), numerator);
    let radix = field.power_of_two(u64::from(LIMB_BITS));
    for sum in sums {
        let next = field.multiply(remainder, radix);
        // remainder·2^40 − next is a multiple of the modulus, and the quotient fits a word: divide modulo 2^64.
        *sum += sign * (remainder << LIMB_BITS).wrapping_sub(next).wrapping_mul(field.inverse) as i64;
        remainder = next;
    }
}

/// Adds ± the fraction of numerator·2^−below / modulus.
fn add_small(below: u64, numerator: u64, modulus: u64, sign: i64, sums: &mut [i64]) {
    let integer = numerator.checked_shr(below.min(64) as u32).unwrap_or(0);
    let mut remainder = integer % modulus;
    for (sum, end) in sums.iter_mut().zip((u64::from(LIMB_BITS)..).step_by(LIMB_BITS as usize)) {
        // The digit of the dividend that ends so many bits after the point.
        let digit = match end.checked_sub(below) {
            Some(up) => numerator.checked_shl(up.min(64) as u32).unwrap_or(0),
            None => numerator.checked_shr((below - end).min(64) as u32).unwrap_or(0),
        } & LIMB_MASK as u64;
        let dividend = u128::from(remainder) << LIMB_BITS | u128::from(digit);
        *sum += sign * (dividend / u128::from(modulus)) as i64;
        remainder = (dividend % u128::from(modulus)) as u64;
    }
}
