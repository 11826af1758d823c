//! Aligned storage for points.

use bytemuck::{Pod, Zeroable};

use super::Vectors;

/// Eight doubles on a cache line of their own: slices of lines can be looked at as slices of any vectors.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C, align(64))]
pub(crate) struct Line(pub(crate) [f64; Line::POINTS]);

impl Line {
    pub(crate) const POINTS: usize = 8;
}

/// The doubles of lines in vectors.
#[inline(always)]
pub(crate) fn vectors<S: Vectors>(lines: &[Line]) -> &[S::Vector] {
    bytemuck::must_cast_slice(lines)
}

/// The doubles of lines.
pub(crate) fn doubles(lines: &[Line]) -> &[f64] {
    bytemuck::must_cast_slice(lines)
}

/// The vectors of lines, to be changed.
#[inline(always)]
pub(crate) fn vectors_mut<S: Vectors>(lines: &mut [Line]) -> &mut [S::Vector] {
    bytemuck::must_cast_slice_mut(lines)
}
