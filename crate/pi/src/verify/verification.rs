//! The account of a verification that callers get.

use crate::arith::mersenne;

/// How digits were verified: see [`Options::with_verification`](crate::Options::with_verification).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Verification {
    /// The position of the first hexadecimal digit of pi that was compared; 1 is the first after the point.
    pub hex_position: u64,
    /// How many were compared, 21. They end where the binary fraction ends that the decimal digits are made of.
    pub hex_digits: u32,
}

impl Verification {
    /// The prime of the modular checks, 2^61 − 1.
    pub const MODULUS: u64 = mersenne::MODULUS;
}
