//! Multiplication of large numbers by number-theoretic transforms.

mod arch;
mod carry;
mod layout;
mod line;
mod parallel;
mod plan;
mod primes;
mod spectrum;
mod transform;
mod twiddle;

#[cfg(test)]
mod tests;

use crate::context::Context;

pub use arch::Simd;
#[cfg(target_arch = "aarch64")]
pub(crate) use arch::aarch64;
pub(crate) use arch::generic::Vector;
#[cfg(target_arch = "x86_64")]
pub(crate) use arch::x86_64;
pub(crate) use line::Line;
pub(crate) use plan::Plan;
pub(crate) use spectrum::Spectrum;

/// out = a·b, with `out.len() >= a.len() + b.len()`; the rest is zero.
pub(crate) fn multiply(out: &mut [u64], a: &[u64], b: &[u64], cx: &Context) {
    Plan::for_product(a.len() + b.len(), 1).product(a, b, cx).inverse(out, cx);
}

/// out = a², with `out.len() >= 2·a.len()`; the rest is zero.
pub(crate) fn square(out: &mut [u64], a: &[u64], cx: &Context) {
    Plan::for_product(2 * a.len(), 1).squared(a, cx).inverse(out, cx);
}
