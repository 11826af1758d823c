//! Where one way to multiply overtakes another.

use crate::simd::{Detected, Simd};

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
    /// Limbs of a modulus from which on transforms beat a plain product that is folded afterwards.
    pub(crate) residues_by_transforms: usize,
}

impl Sizes {
    #[inline]
    pub(crate) fn of(simd: Detected) -> &'static Self {
        match simd.level() {
            Simd::Portable => &PORTABLE,
            Simd::Avx512Ifma => &IFMA,
            Simd::Avx512 => &AVX512,
            Simd::Avx2 | Simd::Neon | Simd::WasmRelaxed => &FMA,
            Simd::Wasm128 => &SPLIT,
        }
    }
}

static PORTABLE: Sizes = Sizes {
    columns: usize::MAX,
    square_columns: usize::MAX,
    karatsuba: 36,
    square_karatsuba: 64,
    transform: 2500,
    square_transform: 2500,
    sums_by_transforms: 3000,
    residues_by_transforms: 1200,
};

/// Vectors without a fused product: their columns are slower than rows, and their transforms quicker than without vectors.
static SPLIT: Sizes = Sizes {
    columns: usize::MAX,
    square_columns: usize::MAX,
    karatsuba: 36,
    square_karatsuba: 64,
    transform: 90,
    square_transform: 110,
    sums_by_transforms: 110,
    residues_by_transforms: 90,
};

static FMA: Sizes = Sizes {
    columns: 22,
    square_columns: usize::MAX,
    karatsuba: 128,
    square_karatsuba: 96,
    transform: 240,
    square_transform: 210,
    sums_by_transforms: 400,
    residues_by_transforms: 110,
};

static AVX512: Sizes = Sizes {
    columns: 20,
    square_columns: 72,
    karatsuba: 190,
    square_karatsuba: 190,
    transform: 230,
    square_transform: 170,
    sums_by_transforms: 400,
    residues_by_transforms: 160,
};

static IFMA: Sizes = Sizes {
    columns: 11,
    square_columns: 16,
    karatsuba: 260,
    square_karatsuba: 240,
    transform: 370,
    square_transform: 320,
    sums_by_transforms: 500,
    residues_by_transforms: 230,
};
