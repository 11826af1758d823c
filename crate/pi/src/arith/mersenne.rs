//! Integers modulo the prime 2^61 − 1.
//!
//! Powers of two are rotations, so that a long number is reduced at about a nanosecond a limb. A number that is wrong
//! for a reason that does not know the prime is right modulo it with a probability of 2^−61.

use std::ops::{Add, Mul, Sub};

/// The bits of the prime.
const BITS: u32 = 61;

/// 2^61 − 1, the ninth Mersenne prime.
pub(crate) const MODULUS: u64 = (1 << BITS) - 1;

/// Limbs whose sum, each three bits above the one before, stays below 2^127.
const BLOCK: usize = 20;

/// A residue modulo [`MODULUS`], in its least form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Residue(u64);

impl Residue {
    pub(crate) const ZERO: Self = Self(0);

    /// That of a little-endian number.
    pub(crate) fn of(limbs: &[u64]) -> Self {
        limbs.chunks(BLOCK).rev().fold(Self::ZERO, |high, block| {
            let sum = block.iter().enumerate().fold(0, |sum, (i, &limb)| sum + (u128::from(limb) << (3 * i)));
            high.shifted(64 * BLOCK) + Self::from(sum)
        })
    }

    /// self · 2^64 + limb
    pub(crate) fn above(self, limb: u64) -> Self {
        // 2^64 = 2^3
        Self::from((u128::from(self.0) << (64 - BITS)) + u128::from(limb))
    }

    /// self · factor + summand, for a summand below 2^127
    pub(crate) fn mul_add(self, factor: Self, summand: u128) -> Self {
        Self::from(u128::from(self.0) * u128::from(factor.0) + summand)
    }

    /// self + a · b
    pub(crate) fn add_product(self, a: Self, b: Self) -> Self {
        a.mul_add(b, self.0.into())
    }

    /// self · 2^bits
    pub(crate) fn shifted(self, bits: usize) -> Self {
        let bits = (bits % BITS as usize) as u32;
        Self::from(u128::from(self.0) << bits)
    }

    /// self / 2^bits
    pub(crate) fn unshifted(self, bits: usize) -> Self {
        self.shifted(BITS as usize - bits % BITS as usize)
    }

    /// self^exponent
    pub(crate) fn power(self, exponent: usize) -> Self {
        let bits = usize::BITS - exponent.leading_zeros();
        (0..bits).rev().fold(Self(1), |power, bit| {
            let square = power * power;
            if exponent >> bit & 1 == 1 { square * self } else { square }
        })
    }
}

impl From<u64> for Residue {
    fn from(word: u64) -> Self {
        let sum = (word & MODULUS) + (word >> BITS);
        Self(if sum >= MODULUS { sum - MODULUS } else { sum })
    }
}

impl From<u128> for Residue {
    fn from(number: u128) -> Self {
        // 61 + 61 + 6 bits
        let [low, middle, high] = [0, BITS, 2 * BITS].map(|at| (number >> at) as u64 & MODULUS);
        Self::from(low + middle + high)
    }
}

impl Add for Residue {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::from(self.0 + other.0)
    }
}

impl Sub for Residue {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::from(self.0 + (MODULUS - other.0))
    }
}

impl Mul for Residue {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self::from(u128::from(self.0) * u128::from(other.0))
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;
    use proptest::prelude::*;

    use super::*;
    use crate::oracle::{big, operands};

    fn expected(number: BigUint) -> Residue {
        Residue((number % MODULUS).try_into().unwrap())
    }

    #[test]
    fn numbers_of_every_length_agree_with_num_bigint() {
        assert_eq!(Residue::of(&[]), Residue::ZERO);
        assert_eq!(Residue::of(&[MODULUS]), Residue::ZERO);
        for n in 1..if cfg!(miri) { 5 } else { 200 } {
            for number in operands(n) {
                assert_eq!(Residue::of(&number), expected(big(&number)), "{n} limbs");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 4 } else { 500 }))]

        #[test]
        fn arithmetic_agrees_with_num_bigint(a: u128, b: u128, shift in 0usize..500, exponent in 0usize..10_000) {
            let [x, y] = [a, b].map(Residue::from);
            prop_assert_eq!(x, expected(a.into()));
            prop_assert_eq!(x + y, expected(BigUint::from(a) + b));
            prop_assert_eq!(x * y, expected(BigUint::from(a) * b));
            prop_assert_eq!((x - y) + y, x);
            prop_assert_eq!(x.above(a as u64), expected((BigUint::from(a) << 64) + a as u64));
            prop_assert_eq!(x.mul_add(y, b >> 1), expected(BigUint::from(a) * b + (b >> 1)));
            prop_assert_eq!(x.add_product(y, x), expected(BigUint::from(a) * b + a));
            prop_assert_eq!(x.shifted(shift), expected(BigUint::from(a) << shift));
            prop_assert_eq!(x.shifted(shift).unshifted(shift), x);
            prop_assert_eq!(x.power(exponent), expected(BigUint::from(a).modpow(&exponent.into(), &MODULUS.into())));
        }
    }
}
