//! Multiplication of large numbers by number-theoretic transforms.

mod arch;
mod carry;
mod digits;
mod layout;
mod line;
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
    let plan = Plan::for_product(a.len() + b.len(), 1);
    let mut product = plan.forward(a, cx);
    product.multiply(&plan.forward(b, cx), cx);
    product.inverse(out, cx);
}

/// out = a², with `out.len() >= 2·a.len()`; the rest is zero.
pub(crate) fn square(out: &mut [u64], a: &[u64], cx: &Context) {
    let plan = Plan::for_product(2 * a.len(), 1);
    let mut product = plan.forward(a, cx);
    product.square(cx);
    product.inverse(out, cx);
}
