//! malachite.

use malachite_base::num::arithmetic::traits::{FloorSqrt, Pow};
use malachite_nz::integer::Integer;

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
        self * other
    }
    fn quotient(self, divisor: &Self) -> Self {
        self / divisor
    }
    fn root(self) -> Self {
        self.floor_sqrt()
    }
    fn power(base: u64, exponent: usize) -> Self {
        Self::from(base).pow(exponent as u64)
    }
    fn text(&self) -> String {
        self.to_string()
    }
}
