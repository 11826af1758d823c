//! The proof of digits before they are given, with [`crate::Options::with_verification`].
//!
//! The computation has two halves: a binary fraction, F = π/10 in m limbs of B = 2^64, and the conversion to decimal.
//!
//! 1. **The far end** ([`far_end`]). The last certain hexadecimal digits of π = 10·F/B^m are those that
//!    Bellard's formula has there, a different series in different arithmetic. All steps to F are products, sums
//!    and quotients of full length: what goes wrong in one of them changes F by a number with as many
//!    digits as F has left, so that the end is wrong whenever anything is. An error that is smaller than the digits
//!    compared is found for certain; a larger one goes unnoticed when its last 21 hexadecimal digits happen to be
//!    zeros, with a probability of 2^−84.
//! 2. **The last step** ([`Ratio`]). The one place where a wrong limb stays alone is the end: the last correction of
//!    Newton's method and its sum with the quotient, from which F is read. With a quotient z of p limbs, the
//!    reciprocal x and the residuals Δ and e, F·B^p is z·B^n + x·Δ + z·e without its lowest p limbs, an exact equation
//!    between integers, which is checked modulo 2^61 − 1.
//! 3. **The conversion** ([`decimal`]). The digits as they are handed out, taken as one number, are
//!    ⌊F·10^n/B^m⌋ modulo 2^61 − 1. F is read for this once, together with the residue that the last step demands:
//!    what happens to it later is found here too.
//!
//! A modular check misses an error that has nothing to do with the modulus with a probability of 2^−61. Checks fail
//! when something is wrong with themselves, too: they never repair anything.
//!
//! The spigot's digits are held against the same residue, which then comes from the other algorithm's fraction.

mod decimal;
mod far_end;
#[cfg(test)]
mod tests;
mod verification;

pub(crate) use decimal::Written;
pub use verification::Verification;

use crate::arith::mersenne::Residue;
use crate::arith::newton::Ratio;
use crate::run::{Check, Context, Error, Phase};

/// The demands of a verified fraction on its digits.
#[derive(Clone, Copy)]
pub(crate) struct Certificate {
    digits: Residue,
    verification: Verification,
}

impl Certificate {
    /// Checks a fraction, π/10, of which `n` digits are wanted. None where its error leaves them open.
    pub(crate) fn of(fraction: &Ratio, n: usize, guard: usize, cx: &Context) -> Result<Option<Self>, Error> {
        cx.job.enter(Phase::Verification);
        let Ratio { limbs, residue } = fraction;
        let Some(found) = decimal::digits(limbs, n, guard, cx)? else { return Ok(None) };
        if *residue != Some(found.fraction) {
            return Err(Error::Verification { check: Check::Division });
        }
        far_end::check(limbs, cx)?;
        Ok(Some(Self { digits: found.digits, verification: far_end::place(limbs.len()) }))
    }

    /// The cost of [`Certificate::of`] for a fraction of so many limbs, in the unit of [`crate::arith::ntt::Plan::cost`].
    pub(crate) fn cost(n: usize, limbs: usize) -> u64 {
        decimal::cost(n) + far_end::cost(limbs)
    }

    /// Checks all digits; how they were verified.
    pub(crate) fn check(&self, written: Written) -> Result<Verification, Error> {
        if !written.are(self.digits) {
            return Err(Error::Verification { check: Check::Conversion });
        }
        Ok(self.verification)
    }
}
