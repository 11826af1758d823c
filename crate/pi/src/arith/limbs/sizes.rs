//! Where one way to multiply overtakes another.

use crate::simd::Simd;

/// The limbs from which on each method is the quickest, on an instruction set.
///
/// Of the shorter factor, where they are not far from each other: see `tune.rs`, which measures them.
#[derive(Debug)]
pub(crate) struct Sizes {
    /// Products by columns, up to which those by rows are quicker.
    pub(super) columns: usize,
    /// Squares by columns.
    pub(super) square_columns: usize,
    pub(super) karatsuba: usize,
    pub(super) square_karatsuba: usize,
    pub(super) transform: usize,
    pub(super) square_transform: usize,
    /// Limbs of a sum of two products from which on transforms that are shared, with those of another product, are
    /// the quickest.
    pub(crate) sums_by_transforms: usize,
}

impl Sizes {
    pub(crate) fn of(simd: Simd) -> &'static Self {
        match simd {
            Simd::Portable => &PORTABLE,
            Simd::Avx512Ifma => &IFMA,
            Simd::Avx512 => &AVX512,
            Simd::Avx2 | Simd::Neon => &FMA,
        }
    }
}

static PORTABLE: Sizes = Sizes {
    columns: usize::MAX,
    square_columns: usize::MAX,
    karatsuba: 36,
    square_karatsuba: 64,
    transform: 160,
    square_transform: 200,
    sums_by_transforms: 400,
};

static FMA: Sizes = Sizes {
    columns: 24,
    square_columns: 72,
    karatsuba: 150,
    square_karatsuba: 200,
    transform: 300,
    square_transform: 260,
    sums_by_transforms: 400,
};

static AVX512: Sizes = Sizes {
    columns: 14,
    square_columns: 48,
    karatsuba: 220,
    square_karatsuba: 260,
    transform: 300,
    square_transform: 260,
    sums_by_transforms: 400,
};

static IFMA: Sizes = Sizes {
    columns: 12,
    square_columns: 24,
    karatsuba: 220,
    square_karatsuba: 240,
    transform: 360,
    square_transform: 330,
    sums_by_transforms: 500,
};
