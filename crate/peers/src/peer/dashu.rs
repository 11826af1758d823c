//! dashu.

use dashu_base::SquareRoot;
use dashu_int::{IBig, UBig};

impl super::chudnovsky::Integer for IBig {
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
        UBig::try_from(self).expect("a positive number").sqrt().into()
    }
    fn power(base: u64, exponent: usize) -> Self {
        UBig::from(base).pow(exponent).into()
    }
    fn text(&self) -> String {
        self.to_string()
    }
}
