//! num-bigint.

use num_bigint::BigInt;

impl super::chudnovsky::Integer for BigInt {
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
        self * other
    }
    fn quotient(self, divisor: &Self) -> Self {
        self / divisor
    }
    fn root(self) -> Self {
        self.sqrt()
    }
    fn power(base: u64, exponent: usize) -> Self {
        Self::from(base).pow(exponent.try_into().expect("an exponent that num-bigint takes"))
    }
    fn text(&self) -> String {
        self.to_string()
    }
}
