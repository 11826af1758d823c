//! GMP, through rug.

use rug::ops::Pow;
use rug::{Complete, Integer};

impl super::chudnovsky::Integer for Integer {
    fn new(value: u64) -> Self {
        value.into()
    }
    fn negated(self) -> Self {
        -self
    }
    fn sum(self, other: Self) -> Self {
        self + other
    }
    fn product(&self, other: &Self) -> Self {
        (self * other).complete()
    }
    fn quotient(self, divisor: &Self) -> Self {
        self / divisor
    }
    fn root(self) -> Self {
        self.sqrt()
    }
    fn power(base: u64, exponent: usize) -> Self {
        Self::from(base).pow(u32::try_from(exponent).expect("an exponent that GMP takes"))
    }
    fn text(&self) -> String {
        self.to_string_radix(10)
    }
}
