//! Roots and quotients by Newton's method with doubling precision.
//!
//! Every approximation here is from below. Residuals are then never negative, and a residual known to be small
//! is read off a product modulo 2^(64·m) − 1 without a sign. See R. P. Brent and P. Zimmermann, *Modern
//! Computer Arithmetic*, chapters 3 and 4.
//!
//! Throughout, B = 2^64, and a number with p fractional limbs counts in units of B^−p.

mod inverse_sqrt;
mod ratio;
mod reciprocal;

#[cfg(fuzzing)]
pub use inverse_sqrt::INVERSE_SQRT_ERROR;
#[cfg(fuzzing)]
pub(crate) use inverse_sqrt::inverse_sqrt;
pub(crate) use ratio::{RATIO_ERROR, Ratio, half_precision, sqrt_ratio, sqrt_ratio_cost};
#[cfg(fuzzing)]
pub use reciprocal::RECIPROCAL_ERROR;
#[cfg(not(fuzzing))]
pub(crate) use reciprocal::RECIPROCAL_ERROR;
pub(crate) use reciprocal::reciprocal;

/// From this many limbs on steps save memory: new pages cost more than one more transform.
const FRUGAL_MIN: usize = 1 << 16;

/// From this many limbs on the ratio of a number and a root saves memory.
pub(crate) const FRUGAL_LIMBS: usize = 2 * FRUGAL_MIN;

/// The precision from which one step reaches `limbs`, both in limbs.
///
/// A step squares the error, and what is left of it has to vanish beside one unit; the one exception, from one
/// limb to two, is covered by the bounds of the two iterations.
fn precision_before(limbs: usize) -> usize {
    if limbs == 2 { 1 } else { limbs / 2 + 1 }
}

/// The highest `count` limbs of `a`, which has at least as many.
fn top(a: &[u64], count: usize) -> &[u64] {
    &a[a.len() - count..]
}

#[cfg(test)]
mod tests;
