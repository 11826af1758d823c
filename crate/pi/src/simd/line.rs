//! Aligned storage for points.

use super::Vector;

/// Eight doubles on a cache line of their own: slices of lines can be looked at as slices of any vector type.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(64))]
pub(crate) struct Line(pub(crate) [f64; Line::POINTS]);

impl Line {
    pub(crate) const POINTS: usize = 8;
}

/// The doubles of lines in vectors.
#[inline(always)]
pub(crate) fn vectors<V: Vector>(lines: &[Line]) -> &[V] {
    // SAFETY: a line is eight aligned doubles, and a vector is `LANES` doubles without invalid patterns or
    // padding, aligned to no more than a line, where `LANES` divides 8 (the contract of `Vector`).
    unsafe { std::slice::from_raw_parts(lines.as_ptr().cast(), lines.len() * (Line::POINTS / V::LANES)) }
}

/// The doubles of lines.
pub(crate) fn doubles(lines: &[Line]) -> &[f64] {
    // SAFETY: a line is eight doubles.
    unsafe { std::slice::from_raw_parts(lines.as_ptr().cast(), lines.len() * Line::POINTS) }
}

/// The vectors of lines, to be changed.
#[inline(always)]
pub(crate) fn vectors_mut<V: Vector>(lines: &mut [Line]) -> &mut [V] {
    // SAFETY: as in `vectors`; the borrow of the lines is exclusive.
    unsafe {
        std::slice::from_raw_parts_mut(lines.as_mut_ptr().cast(), lines.len() * (Line::POINTS / V::LANES))
    }
}
