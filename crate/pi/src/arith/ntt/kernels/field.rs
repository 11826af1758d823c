//! A prime as the kernels know it.

/// A prime and its twiddle factors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    pub(crate) p: f64,
    /// In the form of the kernels.
    pub(crate) twiddles: &'a [f64],
}

/// How kernels keep points and factors in the 64 bits of a double.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Doubles that are integers.
    Doubles,
    /// Points are bits of integers, of which the low 52 count, and factors w the bits of the integers ⌊w·2^52/p⌋.
    /// Products of points lack the factor 2^52.
    Integers,
}

impl Form {
    pub(crate) const COUNT: usize = 2;
}
