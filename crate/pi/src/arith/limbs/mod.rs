//! Natural numbers as little-endian slices of 64-bit limbs.
//!
//! One file an operation. Lengths are the caller's business: results go into slices of the length that the
//! operation states, and carries come back as values. [`mul`] and [`square`] choose between the basecase,
//! Karatsuba and the number-theoretic transform by size.

mod add;
mod basecase;
mod columns;
mod compare;
mod karatsuba;
mod product;
mod shift;
mod sizes;
mod sub;
mod wide;
mod word;

pub(crate) use add::{add_assign, add_word};
pub(crate) use basecase::mul_rows_assign;
#[cfg(fuzzing)]
pub(crate) use columns::{MAX_LIMBS as COLUMN_LIMBS_MAX, products as column_products};
pub(crate) use compare::{compare, significant, trim};
pub(crate) use product::{mul, mul_scratch_bytes, mul_sum, square};
pub(crate) use shift::{shl_assign, shr_assign};
pub(crate) use sizes::Sizes;
pub(crate) use sub::sub_assign;
pub(crate) use wide::Multiplier;
pub(crate) use word::{add_mul_word, mul_word_assign};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tune;
