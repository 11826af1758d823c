//! Some hundred digits of a fraction, by words.

use super::decimal::digits_27;
use super::tree::digit_bits;
use crate::arith::limbs;
use crate::run::allocation::push;
#[cfg(test)]
use crate::run::fault;

/// The digits that one pass over the fraction gives: 5^27 is the largest power of five below 2^64.
const PASS: usize = 27;

/// The rest of the fraction after the last digit has to be this far from 0 and 1, in units of B^−guard.
///
/// The error of the fraction and that of the conversion together stay below it; see `tree`.
pub(crate) const MARGIN: u64 = 1 << 32;

/// Writes the first digits of the fraction, as many as `out` takes; whether they are certain.
///
/// Each pass multiplies by 10^27 = 5^27·2^27: the word product grows the number at the top, where 27 digits come
/// out, and the point moves down by 27 bits. At the bottom, precision that the rest of the digits does not need
/// is dropped.
pub(super) fn write_digits(out: &mut [u8], mut fraction: Vec<u64>, guard: usize) -> bool {
    #[cfg(test)]
    fault::strike(fault::Site::Node, &mut fraction);
    // The number is the upper part of `fraction`, from `low` on; its point is `point` bits above `low`.
    let mut low = 0;
    let mut point = 64 * fraction.len();
    push(&mut fraction, 0);
    let mut remaining = out.len();
    for digits in out.chunks_mut(PASS) {
        let spare = (point - 64 * guard).saturating_sub(digit_bits(remaining)) / 64;
        low += spare;
        point -= 64 * spare;
        remaining -= digits.len();
        let number = &mut fraction[low..];
        let power = 5u64.pow(digits.len() as u32);
        let length = number.len() - 1;
        number[length] = limbs::mul_word_assign(&mut number[..length], power, 0);
        point -= digits.len();
        let integer = take_integer(number, point);
        digits.copy_from_slice(&digits_27(integer)[PASS - digits.len()..]);
        fraction.truncate(low + point.div_ceil(64) + 1);
    }
    #[cfg(test)]
    fault::strike(fault::Site::Digits, out);
    is_certain(&fraction[low..], point, guard)
}

/// Whether what is left of the fraction, in units of B^−guard, is [`MARGIN`] away from both ends.
fn is_certain(number: &[u64], point: usize, guard: usize) -> bool {
    let limb = |i: usize| bits_at(number, point - 64 * (guard - i)) as u64;
    let lowest = limb(0);
    (lowest >= MARGIN || (1..guard).any(|i| limb(i) != 0))
        && (lowest <= u64::MAX - MARGIN || (1..guard).any(|i| limb(i) != u64::MAX))
}

/// Splits off what stands above bit `point`, which is less than 2^90.
fn take_integer(number: &mut [u64], point: usize) -> u128 {
    let integer = bits_at(number, point);
    let (limb, bit) = (point / 64, point % 64);
    number[limb] &= (1 << bit) - 1;
    number[limb + 1..].fill(0);
    integer
}

/// The 128 bits from bit `at` on.
fn bits_at(number: &[u64], at: usize) -> u128 {
    let (limb, bit) = (at / 64, at % 64);
    let limb_at = |i| u128::from(number.get(i).copied().unwrap_or(0));
    let low = (limb_at(limb) | limb_at(limb + 1) << 64) >> bit;
    if bit == 0 { low } else { low | limb_at(limb + 2) << (128 - bit) }
}
