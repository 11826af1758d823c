//! The small set of operations on which every kernel is built.

/// A vector of `LANES` doubles.
///
/// # Safety
///
/// The type is exactly `LANES` doubles in memory, has no invalid bit patterns and no padding, is aligned to at
/// most 64 bytes, and `LANES` divides 8.
pub(crate) unsafe trait Vector: Copy {
    /// Where numbers lie among limbs, for [`Vector::digits`].
    type Window: Copy;

    /// 4 or 8.
    const LANES: usize;
    /// Whether kernels are to be small rather than quick: their steps are calls, without variants that only save time.
    const COMPACT: bool = false;

    fn splat(x: f64) -> Self;
    /// The first `LANES` numbers of the slice.
    fn load(from: &[f64]) -> Self;
    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    /// The rounded product.
    fn mul(self, other: Self) -> Self;
    /// The nearest integer; |self| < 2^52.
    fn round(self) -> Self;
    /// The product as h + l exactly, where h is the rounded product.
    fn two_product(self, other: Self) -> (Self, Self);
    /// h − self·other, where that is a double.
    fn residue(self, other: Self, h: Self) -> Self;
    /// (t, l) with t + l = acc + self·other exactly and t rounded to the last place of `acc`, for integers and
    /// |self·other| < |acc|.
    fn accumulate(self, other: Self, acc: Self) -> (Self, Self);
    /// The sum of the bit patterns as integers, wrapping.
    fn add_bits(self, other: Self) -> Self;
    /// The low 48 bits of the bit patterns, and what is above them, as bit patterns.
    fn split_bits(self) -> (Self, Self);
    /// Numbers of `bits` ≤ 48 bits that begin `at`, `at + step`, … bits after some byte.
    fn window(at: usize, step: usize, bits: u32) -> Self::Window;
    /// The numbers of a window on the limbs, as bit patterns of 2^52 plus the number. [`MARGIN`] limbs after that in which
    /// the last one begins are there as well.
    fn digits(from: &[u64], byte: usize, window: &Self::Window) -> Self;
    /// The last `by` lanes of `before`, 1 or 2, and then the first ones of `self`.
    fn after(self, before: Self, by: usize) -> Self;
    /// The lanes in opposite order.
    fn reverse(self) -> Self;
    /// The even and the odd ones of the 2·`LANES` numbers of `self` and `other`.
    fn deinterleave(self, other: Self) -> (Self, Self);
    /// Transposes the square matrix whose rows are the first `LANES` vectors.
    fn transpose(rows: &mut [Self]);
}

/// The [`Vector::Window`] of vectors that compute from it for every lane.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub(crate) at: usize,
    pub(crate) step: usize,
    pub(crate) bits: u32,
}

/// Limbs that [`Vector::digits`] may read after the one in which a number begins.
pub(crate) const MARGIN: usize = 16;

/// The bits of 2^52: a number n < 2^52 is the double with these bits plus n, less 2^52.
pub(crate) const EXPONENT: u64 = ((1u64 << 52) as f64).to_bits();
