//! The small set of operations on which every kernel is built.

use bytemuck::Pod;

/// The vectors of an instruction set. A value of the type is a token: it is there only where the instructions are.
pub(crate) trait Vectors: Copy {
    /// `LANES` doubles, whatever the token: a slice of [`Line`](super::Line)s is one of these.
    type Vector: Pod;
    /// Where numbers lie among limbs, for [`Vectors::digits`].
    type Window: Copy;

    /// 4 or 8.
    const LANES: usize;
    /// Whether kernels are to be small rather than quick: their steps are calls, without variants that only save time.
    const COMPACT: bool = false;
    /// Whether products are rounded to integers by a sum: Intel's processors take two steps for [`Vectors::round`].
    const ROUNDS_BY_SUM: bool = false;

    fn splat(self, x: f64) -> Self::Vector;
    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    fn sub(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// The rounded product.
    fn mul(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// The nearest integer; |a| < 2^52.
    fn round(self, a: Self::Vector) -> Self::Vector;
    /// The nearest integer to the product, or to the rounded product; |a·b| < 2^51.
    #[inline(always)]
    fn nearest_product(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        if Self::ROUNDS_BY_SUM {
            let to_integer = self.splat(TO_INTEGER);
            self.sub(self.accumulate(a, b, to_integer).0, to_integer)
        } else {
            self.round(self.mul(a, b))
        }
    }
    /// The product as h + l exactly, where h is the rounded product.
    fn two_product(self, a: Self::Vector, b: Self::Vector) -> (Self::Vector, Self::Vector);
    /// h − a·b, where that is a double.
    fn residue(self, a: Self::Vector, b: Self::Vector, h: Self::Vector) -> Self::Vector;
    /// (t, l) with t + l = acc + a·b exactly and t rounded to the last place of `acc`, for integers and |a·b| < |acc|.
    fn accumulate(self, a: Self::Vector, b: Self::Vector, acc: Self::Vector) -> (Self::Vector, Self::Vector);
    /// The sum of the bit patterns as integers, wrapping.
    fn add_bits(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// The low 48 bits of the bit patterns, and those above them, as bit patterns.
    fn split_bits(self, a: Self::Vector) -> (Self::Vector, Self::Vector);
    /// Numbers of `bits` ≤ 48 bits that begin `at`, `at + step`, … bits after some byte.
    fn window(self, at: usize, step: usize, bits: u32) -> Self::Window;
    /// The numbers of a window on the limbs, as bit patterns of 2^52 plus the number. [`WINDOW_MARGIN`] limbs after that in
    /// which the last one begins are there as well.
    fn digits(self, from: &[u64], byte: usize, window: &Self::Window) -> Self::Vector;
    /// The last `by` lanes of `before`, 1 or 2, and then the first ones of `a`.
    fn after(self, a: Self::Vector, before: Self::Vector, by: usize) -> Self::Vector;
    /// The lanes in opposite order.
    fn reverse(self, a: Self::Vector) -> Self::Vector;
    /// The even and the odd ones of the 2·`LANES` numbers of `a` and `b`.
    fn deinterleave(self, a: Self::Vector, b: Self::Vector) -> (Self::Vector, Self::Vector);
    /// Transposes the square matrix whose rows are the first `LANES` vectors.
    fn transpose(self, rows: &mut [Self::Vector]);

    /// The first `LANES` numbers of the slice.
    #[inline(always)]
    fn load(self, from: &[f64]) -> Self::Vector {
        bytemuck::pod_read_unaligned(bytemuck::cast_slice(&from[..Self::LANES]))
    }
}

/// The [`Vectors::Window`] of vectors that compute from it for every lane.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub(crate) at: usize,
    pub(crate) step: usize,
    pub(crate) bits: u32,
}

impl Window {
    /// The number of a lane, as a double of the bit pattern of 2^52 plus the number.
    #[inline(always)]
    pub(crate) fn digit(&self, from: &[u64], byte: usize, lane: usize) -> f64 {
        let at = 8 * byte + self.at + lane * self.step;
        let (limb, shift) = (at / 64, at % 64);
        let digit = (from[limb] >> shift | from[limb + 1] << 1 << (63 - shift)) & ((1 << self.bits) - 1);
        f64::from_bits(digit | EXPONENT)
    }
}

/// Limbs that [`Vectors::digits`] may read after the one in which a number begins.
pub(crate) const WINDOW_MARGIN: usize = 16;

/// From 2^52 to 2^53 doubles are the integers: a sum with this is rounded to one, if what is added is below 2^51.
const TO_INTEGER: f64 = 1.5 * (1u64 << 52) as f64;

/// The bits of 2^52: a number n < 2^52 is the double with these bits plus n, less 2^52.
pub(crate) const EXPONENT: u64 = ((1u64 << 52) as f64).to_bits();
