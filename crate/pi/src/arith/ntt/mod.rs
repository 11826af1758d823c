//! Multiplication of large numbers by number-theoretic transforms.
//!
//! A number is cut into coefficients of a polynomial, of 60 to 138 bits each; the product of two polynomials
//! is found modulo three to six primes p = c·2^30 + 1 < 2^52/5, where it is a transform, a product point by point and
//! an inverse transform; the Chinese remainder theorem gives the coefficients, and one pass of carries the number.
//!
//! * **Exact arithmetic in doubles.** a·b = h + l by a fused multiply-add, the quotient by p is h/p rounded, and
//!   (h − q·p) + l is a representative of little more than p/2. Sums go unreduced as long as they stay below 2^53, ten
//!   times p: `bounds` follows their sizes through every step.
//! * **The transform** evaluates at roots of unity in bit-reversed order: block j of a level holds the polynomial
//!   modulo x^2L − W\[j\]², and one butterfly splits it into x^L ∓ W\[j\]. One table W serves all lengths and both
//!   directions, no point is ever moved for its index, and two levels at a time read and write memory once. The last
//!   levels are taken within vectors by a transposition.
//! * **Lengths** are 4, 5, 6, 7 or 8 rows of 2^k points: 5 to 7 of the 8 blocks modulo y − R(j) of a full transform
//!   ([J. van der Hoeven, "The truncated Fourier transform"](https://doi.org/10.1145/1005285.1005327), 2004).
//!   Products modulo 2^(64·m) − 1 need all of them, so 4 or 8 rows.
//! * **Memory**: blocks of 2^15 points stay in the second-level cache; longer ones take two levels in place, and go on
//!   depth-first. A plain product holds all primes' residues of the result and one prime's of an operand.
//! * **Threads** share the columns of a pass and the blocks below it, or take a prime each: as few primes at once as keep
//!   all of them busy, since each holds an operand's residues.
//!
//! See J. van der Hoeven and G. Lecerf, "Implementing number theoretic transforms" (2024); D. Schultz, "FFT is fast
//! enough for small numbers" (the `fft_small` module of FLINT); A. Yee's notes on y-cruncher.
//!
//! Transforms of up to 2^30 points have their roots; with four primes and 84 bits a coefficient, 2^30 points hold products
//! of 9·10^10 bits: 10^9 digits need a tenth of that.
//!
//! **Short primes.** In WebAssembly without fused products there are seven primes c·2^20 + 1 below 2^26.2 instead, modulo
//! which products are doubles by themselves: [`primes::SHORT`]. Coefficients have 30 to 75 bits then, and transforms hold
//! 7.8·10^7 bits; longer products are cut, by Karatsuba's method, into those.

mod carry;
mod columns;
mod kernels;
mod layout;
mod plan;
mod primes;
mod quotient;
mod spectrum;
mod transform;
mod twiddle;

#[cfg(test)]
mod bounds;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tune;

use crate::run::Context;

pub(crate) use layout::{MAX_LIMBS, fits};
pub(crate) use plan::Plan;
pub(crate) use primes::SHORT;
pub(crate) use spectrum::{Factor, Product, Spectrum};

/// out = a·b, with `out.len() >= a.len() + b.len()`; the rest is zero.
pub(crate) fn multiply(out: &mut [u64], a: &[u64], b: &[u64], cx: &Context) {
    Plan::for_product(a.len() + b.len(), 1).product(a, b, cx).write(out, cx);
}

/// out = a², with `out.len() >= 2·a.len()`; the rest is zero.
pub(crate) fn square(out: &mut [u64], a: &[u64], cx: &Context) {
    Plan::for_product(2 * a.len(), 1).sum_of_products(&[(a, Factor::Itself)], cx).write(out, cx);
}
