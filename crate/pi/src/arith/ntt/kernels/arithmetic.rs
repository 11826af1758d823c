//! Arithmetic modulo a prime, as the passes of a transform use it.

use bytemuck::Pod;

use crate::simd::Vectors;

/// Arithmetic modulo a prime on vectors of points.
///
/// A point is a representative of its residue, of a size that every step here limits for its operands and for its
/// result. The tests in `bounds` follow the sizes through all kernels, for each arithmetic.
pub(crate) trait Arithmetic: Copy {
    /// The instruction set, and what points are in.
    type Simd: Vectors<Vector = Self::Vector>;
    type Vector: Pod;
    /// Constant factors.
    type Constant: Copy;
    /// The power of two that multiplies horner's sums.
    type Shift: Copy;

    /// The entry for −1.
    const MINUS_ONE: f64;

    fn simd(self) -> Self::Simd;
    /// The constant that [`Arithmetic::scaled`] takes.
    fn rest(self) -> Self::Vector;
    /// The entries of a table for the products of these with a factor.
    fn scaled(self, entries: Self::Vector, w: Self::Constant, rest: Self::Vector) -> Self::Vector;
    /// The factors that these entries of a table stand for.
    fn factor(self, entries: Self::Vector) -> Self::Constant;
    /// 1/2.
    fn half(self) -> Self::Constant;
    fn shift(self, bits: u32) -> Self::Shift;

    /// The points of what [`Vectors::digits`] gives.
    fn digits(self, digits: Self::Vector) -> Self::Vector;
    /// x·2^bits + y, for a digit x or what this gave, and a digit y.
    fn horner(self, x: Self::Vector, shift: Self::Shift, y: Self::Vector) -> Self::Vector;
    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// a − b, for b a product or reduced.
    fn sub(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// a − b, for b a sum of two that [`Arithmetic::sub`] takes.
    fn sub_sum(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    fn mul(self, a: Self::Vector, w: Self::Constant) -> Self::Vector;
    /// The same for an a for which the quotient in doubles may be as large as 2^52.
    #[inline(always)]
    fn mul_wide(self, a: Self::Vector, w: Self::Constant) -> Self::Vector {
        self.mul(a, w)
    }
    /// A small representative.
    fn reduce(self, x: Self::Vector) -> Self::Vector;
    /// [`Arithmetic::reduce`], where the form has less room than doubles.
    fn narrow(self, x: Self::Vector) -> Self::Vector;
    /// The product of points, times a constant that the form gives: see [`Form`](super::Form).
    fn product(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// Points, as doubles.
    fn doubles(self, x: Self::Vector) -> Self::Vector;
}
