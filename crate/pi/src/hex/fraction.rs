//! Fixed-point numbers modulo 1.

use std::fmt::Write;

use crate::run::allocation::{copy, text_with_capacity, with_capacity, zeros};

/// Bits of one digit of a [`Fraction`]: ten hexadecimal digits.
pub(crate) const LIMB_BITS: u32 = 40;
/// Hexadecimal digits of one limb.
pub(crate) const LIMB_DIGITS: usize = LIMB_BITS as usize / 4;
pub(super) const LIMB_MASK: i64 = (1 << LIMB_BITS) - 1;

/// A number from 0 to 1, known to 40·k bits, added modulo 1: the sum of parts in any order is the same.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fraction {
    /// Digits in base 2^40, the most significant first.
    limbs: Vec<i64>,
}

impl Fraction {
    /// Zero, with so many limbs.
    pub(crate) fn zero(limbs: usize) -> Self {
        Self { limbs: zeros(limbs) }
    }

    /// Adds limbs of either sign, each below 2^62 in absolute value, modulo 1.
    pub(crate) fn add(&mut self, limbs: &[i64]) {
        debug_assert_eq!(limbs.len(), self.limbs.len());
        let mut carry = 0;
        for (own, other) in self.limbs.iter_mut().zip(limbs).rev() {
            let sum = *own + other + carry;
            *own = sum & LIMB_MASK;
            carry = sum >> LIMB_BITS;
        }
    }

    /// How many limbs it has.
    pub(crate) fn limbs(&self) -> usize {
        self.limbs.len()
    }

    /// Whether it is at most `error` units of the last place away from 0, modulo 1; `error` is below 2^40.
    pub(crate) fn is_near_zero(&self, error: i64) -> bool {
        let Some((last, others)) = self.limbs.split_last() else { return true };
        others.iter().all(|&limb| limb == 0) && *last <= error
            || others.iter().all(|&limb| limb == LIMB_MASK) && LIMB_MASK + 1 - last <= error
    }

    /// Adds another fraction modulo 1.
    pub(crate) fn combine(&mut self, other: &Self) {
        self.add(&other.limbs);
    }

    /// The first `count` hexadecimal digits, if they are the same for every number less than `error` units of
    /// the last place away.
    pub(crate) fn certain_digits(&self, count: usize, error: i64) -> Option<String> {
        let mut digits = self.leading_digits(error);
        let enough = digits.len() >= count;
        digits.truncate(count);
        enough.then_some(digits)
    }

    /// The leading hexadecimal digits that are the same for every number less than `error` units of the last place
    /// away.
    pub(crate) fn leading_digits(&self, error: i64) -> String {
        let (low, mut high) = (self.moved(-error).to_hex(), self.moved(error).to_hex());
        let same = low.bytes().zip(high.bytes()).take_while(|(low, high)| low == high).count();
        high.truncate(same);
        high
    }

    /// So many units of the last place away, modulo 1.
    fn moved(&self, units: i64) -> Self {
        let mut moved = self.copied();
        let mut by = zeros(self.limbs.len());
        if let Some(last) = by.last_mut() {
            *last = units;
        }
        moved.add(&by);
        moved
    }

    /// All digits.
    pub(crate) fn to_hex(&self) -> String {
        let mut hex = text_with_capacity(LIMB_DIGITS * self.limbs.len());
        for limb in &self.limbs {
            write!(hex, "{limb:010X}").expect("a String takes everything");
        }
        hex
    }

    /// A copy.
    pub(crate) fn copied(&self) -> Self {
        Self { limbs: copy(&self.limbs) }
    }

    /// Whether a text is one that [`Fraction::to_hex`] may have written.
    pub(crate) fn is_hex(hex: &str) -> bool {
        let is_whole = !hex.is_empty() && hex.len().is_multiple_of(LIMB_DIGITS);
        is_whole && hex.bytes().all(|digit| digit.is_ascii_hexdigit())
    }

    /// Reads what [`Fraction::to_hex`] writes.
    pub(crate) fn from_hex(hex: &str) -> Option<Self> {
        if !Self::is_hex(hex) {
            return None;
        }
        let mut limbs = with_capacity(hex.len() / LIMB_DIGITS);
        for digits in hex.as_bytes().chunks(LIMB_DIGITS) {
            limbs.push(i64::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
        }
        Some(Self { limbs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(limbs: &[i64]) -> Fraction {
        Fraction { limbs: limbs.to_vec() }
    }

    #[test]
    fn carries_and_borrows_pass_every_limb() {
        let mut f = fraction(&[1, LIMB_MASK, LIMB_MASK]);
        f.add(&[0, 0, 1]);
        assert_eq!(f, fraction(&[2, 0, 0]));
        f.add(&[-2, 0, -1]);
        assert_eq!(f, fraction(&[LIMB_MASK, LIMB_MASK, LIMB_MASK]));
        f.combine(&fraction(&[0, 0, 1]));
        assert_eq!(f, Fraction::zero(3));
    }

    #[test]
    fn text_is_read_as_it_was_written() {
        let f = fraction(&[0, LIMB_MASK, 0x12_3456_789A]);
        assert_eq!(Fraction::from_hex(&f.to_hex()), Some(f));
        for damaged in ["", "123456789", "123456789G", "+123456789", "12345678é"] {
            assert_eq!(Fraction::from_hex(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn zero_is_near_from_both_sides() {
        let far = [[0, 6], [1, 5], [0, LIMB_MASK], [LIMB_MASK, LIMB_MASK - 5], [LIMB_MASK, 0]];
        assert!(
            [[0, 0], [0, 5], [LIMB_MASK, LIMB_MASK], [LIMB_MASK, LIMB_MASK - 4]]
                .iter()
                .all(|limbs| fraction(limbs).is_near_zero(5))
        );
        assert!(!far.iter().any(|limbs| fraction(limbs).is_near_zero(5)));
    }

    #[test]
    fn digits_near_a_change_are_in_doubt() {
        let f = fraction(&[0x24_3F6A_8885, 5]);
        assert_eq!(f.certain_digits(10, 5).as_deref(), Some("243F6A8885"));
        assert_eq!(f.certain_digits(10, 6), None);
        assert_eq!(fraction(&[0, 5]).certain_digits(1, 6), None);
        assert_eq!(fraction(&[LIMB_MASK, LIMB_MASK]).certain_digits(1, 1), None);
    }
}
