//! Constant factors w modulo p as the quotients q = ⌊w·2^52/p⌋, for products in words of 52 bits.
//!
//! For any a < 2^52 the number a·w − ⌊a·q/2^52⌋·p is a representative of a·w below (1 + a/2^52)·p: V. Shoup's
//! method, as in D. Harvey, "Faster arithmetic for number-theoretic transforms" (2014). Since w ≥ 1 and 5p < 2^52,
//! the factor follows from its quotient: w = ⌊q·p/2^52⌋ + 1. Tables hold the quotients alone.

/// Bits of a word.
const BITS: u32 = 52;

/// ⌊w·2^52/p⌋, for w < p.
pub(crate) const fn of(w: u64, p: u64) -> u64 {
    (((w as u128) << BITS) / p as u128) as u64
}

/// ⌊a·b/2^52⌋
const fn high(a: u64, b: u64) -> u64 {
    ((a as u128 * b as u128) >> BITS) as u64
}

/// Multiplies table entries by a factor.
pub(crate) struct Multiplier {
    w: u64,
    quotient: u64,
    p: u64,
    /// 2^64·(2^52 − 5p)/p, rounded down.
    rest: u64,
}

impl Multiplier {
    pub(crate) fn new(w: u64, p: u64) -> Self {
        let rest = (1u128 << 64) * u128::from((1 << BITS) - 5 * p) / u128::from(p);
        Self { w, quotient: of(w, p), p, rest: rest as u64 }
    }

    /// The table entry of the factor.
    pub(crate) fn entry(&self) -> f64 {
        f64::from_bits(self.quotient)
    }

    /// The entries of the products with the factors that have these.
    pub(crate) fn scale(&self, out: &mut [f64], entries: &[f64]) {
        for (out, entry) in out.iter_mut().zip(entries) {
            *out = f64::from_bits(self.scaled(entry.to_bits()));
        }
    }

    fn scaled(&self, quotient: u64) -> u64 {
        let p = self.p;
        let factor = high(quotient, p) + 1;
        // Both products are meant modulo 2^64, as their difference is below 2p.
        let product = (factor.wrapping_mul(self.w)).wrapping_sub(high(factor, self.quotient).wrapping_mul(p));
        let product = product.min(product.wrapping_sub(p));
        // 2^52/p is 5 and a little: the quotient, or one less.
        let quotient = 5 * product + ((u128::from(product) * u128::from(self.rest)) >> 64) as u64;
        let remainder = (product << BITS).wrapping_sub(quotient.wrapping_mul(p));
        quotient + u64::from(remainder >= p)
    }
}

// Short primes have no words of 52 bits.
#[cfg(test)]
#[cfg(not(short_primes))]
mod tests {
    use super::*;
    use crate::arith::ntt::primes::{self, PRIMES};

    #[test]
    fn quotients_of_products_are_exact() {
        for p in PRIMES {
            let mut w = 2;
            for step in 0..if cfg!(miri) { 20 } else { 20_000 } {
                let factor = [w, 1, p - 1, p.div_ceil(2)][step % 4];
                let q = of(factor, p);
                assert!(q < 1 << BITS);
                assert_eq!(high(q, p) + 1, factor);
                let product = primes::mul(w, factor, p);
                assert_eq!(Multiplier::new(w, p).scaled(q), of(product, p));
                assert_eq!(Multiplier::new(factor, p).scaled(of(w, p)), of(product, p));
                w = primes::mul(w, 0x1234_5678_9abc, p);
            }
        }
    }

    /// The kernels take these as constants.
    #[test]
    fn some_quotients_are_those_of_all_primes() {
        for p in PRIMES {
            assert_eq!(of(1, p), 5);
            assert_eq!(of(p - 1, p), (1 << BITS) - 6);
            assert_eq!(of(p.div_ceil(2), p), (1 << (BITS - 1)) + 2);
        }
    }
}
