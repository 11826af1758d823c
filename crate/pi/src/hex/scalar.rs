//! The terms in 64-bit integers: any processor, any exponent; the vector kernel is tested against it.
//!
//! P. L. Montgomery, "Modular multiplication without trial division", Mathematics of Computation 44 (1985).

use std::ops::Range;

use super::bellard::{EXPONENT_STEP, SERIES};
use super::fraction::{LIMB_BITS, LIMB_MASK};
use super::group::Group;
use crate::run::Job;

/// Moduli are below this.
const MAX_MODULUS: u64 = 1 << 49;
/// So many leading bits of the exponent are a shift.
const LEADING_BITS: u32 = 4;

/// Adds the terms n in `terms`, as the fractions of `groups`, each cut off below the last limb, to `sums`, limb by limb.
///
/// Returns early, with less than the sum, once the job is cancelled.
// Inlined, its reductions become branches that no processor predicts: twice as slow.
#[inline(never)]
pub(super) fn add_terms(groups: &[Group], exponent: i64, terms: Range<u64>, sums: &mut [i64], job: &Job) {
    for n in terms {
        if job.is_cancelled() {
            return;
        }
        let exponent = exponent - (EXPONENT_STEP * n) as i64;
        match u64::try_from(exponent) {
            Ok(exponent) => add_powers(groups, exponent, n, sums),
            Err(_) => {
                for group in groups {
                    let (numerator, modulus) = (group.numerator(n), group.modulus(n));
                    add_small(exponent.unsigned_abs(), numerator, modulus, sign(group, n), sums);
                }
            }
        }
    }
}

fn sign(group: &Group, n: u64) -> i64 {
    if n.is_multiple_of(2) { group.sign } else { -group.sign }
}

/// An odd modulus, with what reduction by R = 2^64 needs.
#[derive(Clone, Copy, Default)]
struct Montgomery {
    modulus: u64,
    inverse: u64,
    /// R modulo the modulus.
    one: u64,
}

impl Montgomery {
    fn new(modulus: u64) -> Self {
        debug_assert!(modulus < MAX_MODULUS);
        // Newton's iteration doubles the right bits of the inverse: 5, 10, 20, 40, 80.
        let mut inverse = modulus.wrapping_mul(3) ^ 2;
        for _ in 0..4 {
            inverse = inverse.wrapping_mul(2u64.wrapping_sub(modulus.wrapping_mul(inverse)));
        }
        Self { modulus, inverse, one: modulus.wrapping_neg() % modulus }
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

    /// 2^exponent·R modulo the modulus, for an exponent of [`LEADING_BITS`].
    fn small_power_of_two(&self, exponent: u64) -> u64 {
        const { assert!((MAX_MODULUS - 1).leading_zeros() >= (1 << LEADING_BITS) - 1) };
        (self.one << exponent) % self.modulus
    }

    /// 2^40·R modulo the modulus.
    fn radix(&self) -> u64 {
        const { assert!(LIMB_BITS == 4 * 10) };
        let square = |power| self.multiply(power, power);
        square(square(self.small_power_of_two(10)))
    }
}

/// Adds the fractions of an n: the powers side by side, so that none waits for its own last step.
fn add_powers(groups: &[Group], exponent: u64, n: u64, sums: &mut [i64]) {
    let rest = (u64::BITS - exponent.leading_zeros()).saturating_sub(LEADING_BITS);
    let mut chains = [(Montgomery::default(), 0); SERIES.len()];
    let chains = &mut chains[..groups.len()];
    for ((field, power), group) in chains.iter_mut().zip(groups) {
        *field = Montgomery::new(group.modulus(n));
        *power = field.small_power_of_two(exponent >> rest);
    }
    for bit in (0..rest).rev() {
        let doubles = exponent >> bit & 1 == 1;
        for (field, power) in &mut *chains {
            let square = field.multiply(*power, *power);
            *power = if doubles { field.double(square) } else { square };
        }
    }
    for ((field, power), group) in chains.iter().zip(groups) {
        let mut remainder = field.multiply(*power, group.numerator(n));
        let radix = field.radix();
        for sum in &mut *sums {
            let next = field.multiply(remainder, radix);
            // remainder·2^40 − next is a multiple of the modulus, and the quotient fits a word: divide modulo 2^64.
            let quotient = (remainder << LIMB_BITS).wrapping_sub(next).wrapping_mul(field.inverse);
            *sum += sign(group, n) * quotient as i64;
            remainder = next;
        }
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
