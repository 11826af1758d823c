//! The kernels, written once over [`Vectors`](crate::simd::Vectors) and [`Arithmetic`]; every instruction set instantiates them.
//!
//! All functions here are `inline(always)`, so that they compile with the instructions of the
//! `#[target_feature]` function that calls them.

mod arithmetic;
mod butterfly;
mod combine;
mod doubles;
mod field;
mod first;
mod forward;
#[cfg(target_arch = "x86_64")]
mod integers;
mod inverse;
mod last;
mod passes;
mod pointwise;
mod residues;
mod table;
mod twiddles;

pub(crate) use arithmetic::Arithmetic;
pub(crate) use combine::combine;
pub(crate) use doubles::{Modulus, scale_words};
pub(crate) use field::{Field, Form};
pub(crate) use first::forward_first;
pub(crate) use forward::{forward_block, forward_quarters};
pub(crate) use inverse::{inverse_block, inverse_quarters};
pub(crate) use last::inverse_last;
pub(crate) use pointwise::{multiply, multiply_add, scale, square};
pub(crate) use residues::residues;
pub(crate) use table::Kernels;

use super::columns::MAX_ROWS;
use crate::simd::{Line, vectors, vectors_mut};

/// The points of lines in vectors.
#[inline(always)]
fn points<M: Arithmetic>(lines: &[Line]) -> &[M::Vector] {
    vectors::<M::Simd>(lines)
}

/// The points of lines in vectors, to be changed.
#[inline(always)]
fn points_mut<M: Arithmetic>(lines: &mut [Line]) -> &mut [M::Vector] {
    vectors_mut::<M::Simd>(lines)
}

/// Points that fit into half of a 32 KB first-level cache: transforms go on depth-first inside.
const L1_POINTS: usize = 1 << 11;

/// The same of each row.
#[inline(always)]
fn rows_mut<M: Arithmetic>(rows: [&mut [Line]; MAX_ROWS]) -> [&mut [M::Vector]; MAX_ROWS] {
    rows.map(points_mut::<M>)
}
