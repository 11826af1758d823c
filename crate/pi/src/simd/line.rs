//! Aligned storage for points.

/// Eight doubles on a cache line of their own: slices of lines can be looked at as slices of any vector type.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(64))]
pub(crate) struct Line(pub(crate) [f64; Line::POINTS]);

impl Line {
    pub(crate) const POINTS: usize = 8;
}
