//! Fixed-point numbers modulo 1.

use std::fmt::Write;

/// Bits of one digit of a [`Fraction`]: ten hexadecimal digits.
pub(crate) const LIMB_BITS: u32 = 40;
/// Hexadecimal digits of one limb.
pub(crate) const LIMB_DIGITS: usize = LIMB_BITS as usize / 4;
const LIMB_MASK: i64 = (1 << LIMB_BITS) - 1;

/// A number from 0 to 1, known to 40·k bits, added modulo 1: the sum of parts in any order is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fraction {
    /// Digits in base 2^40, the most significant first.
    limbs: Vec<i64>,
}

impl Fraction {
    /// Zero, with so many limbs.
    pub(crate) fn zero(limbs: usize) -> Self {
        Self { limbs: vec![0; limbs] }
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

    /// Adds another fraction modulo 1.
    pub(crate) fn combine(&mut self, other: &Self) {
        self.add(&other.limbs);
    }

    /// The first `count` hexadecimal digits, if they are the same for every number less than `error` units of
    /// the last place away.
    pub(crate) fn certain_digits(&self, count: usize, error: i64) -> Option<String> {
        let digits = |shift: i64| {
            let mut moved = self.clone();
            let mut by = vec![0; self.limbs.len()];
            *by.last_mut()? = shift;
            moved.add(&by);
            Some(moved.to_hex())
        };
        let (low, mut high) = (digits(-error)?, digits(error)?);
        high.truncate(count);
        low.starts_with(&high).then_some(high)
    }

    /// All digits.
    fn to_hex(&self) -> String {
        let mut hex = String::with_capacity(LIMB_DIGITS * self.limbs.len());
        for limb in &self.limbs {
            write!(hex, "{limb:010X}").expect("a String takes everything");
        }
        hex
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
    fn digits_near_a_change_are_in_doubt() {
        let f = fraction(&[0x24_3F6A_8885, 5]);
        assert_eq!(f.certain_digits(10, 5).as_deref(), Some("243F6A8885"));
        assert_eq!(f.certain_digits(10, 6), None);
        assert_eq!(fraction(&[0, 5]).certain_digits(1, 6), None);
        assert_eq!(fraction(&[LIMB_MASK, LIMB_MASK]).certain_digits(1, 1), None);
    }
}
