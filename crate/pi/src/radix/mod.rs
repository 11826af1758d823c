//! A binary fraction to decimal digits.
//!
//! From the top down: the digits of f are those of f to half the precision, and those of frac(f·10^h). Taking
//! the fractional part sheds precision at the top as the product does at the bottom, so that a node of D digits
//! takes a number of D digits and no more. The tree is walked depth first on an explicit stack: the first
//! digits come first, and nothing has to wait on a thread between two leaves.
//! R. P. Brent and P. Zimmermann, *Modern Computer Arithmetic*, section 1.7.

mod convert;
mod decimal;
mod leaf;
mod powers;
mod tree;

pub(crate) use convert::Conversion;
pub(crate) use leaf::MARGIN;
pub(crate) use tree::fraction_limbs;

#[cfg(test)]
mod tests;
