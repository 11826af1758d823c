//! Products of short numbers by columns, in vectors: quadratic like those by rows, and quicker from some eight limbs on.

mod doubles;
#[cfg(target_arch = "x86_64")]
mod integers;
#[cfg(test)]
mod tests;

use crate::simd::Simd;

/// The longest factor, in limbs.
pub(crate) const MAX_LIMBS: usize = doubles::MAX_LIMBS;

/// One instruction set's products.
///
/// The functions may only be called on a machine with the instruction set: [`Columns::of`], the only way to a table,
/// sees to that.
#[derive(Debug)]
pub(crate) struct Columns {
    products: unsafe fn(&mut [u64], &[[&[u64]; 2]]),
}

impl Columns {
    /// Those of this level; the portable ones, which are slow, where the machine lacks it.
    #[inline]
    pub(crate) fn of(simd: Simd) -> &'static Self {
        match simd {
            _ if !simd.is_available() => &portable::TABLE,
            #[cfg(target_arch = "x86_64")]
            Simd::Avx512Ifma => &integers::TABLE,
            #[cfg(target_arch = "x86_64")]
            Simd::Avx512 => &avx512::TABLE,
            #[cfg(target_arch = "x86_64")]
            Simd::Avx2 => &avx2::TABLE,
            #[cfg(target_arch = "aarch64")]
            Simd::Neon => &neon::TABLE,
            #[cfg(target_feature = "simd128")]
            Simd::Wasm128 | Simd::WasmRelaxed => &wasm128::TABLE,
            _ => &portable::TABLE,
        }
    }

    /// out = the sum of the products, of which there are one or two.
    ///
    /// Factors have 1 to [`MAX_LIMBS`] limbs, the first one of a product at least as many as the second one, and `out`
    /// has room for the sum.
    pub(crate) fn products(&self, out: &mut [u64], products: &[[&[u64]; 2]]) {
        debug_assert!(products.iter().all(|[a, b]| {
            (1..=a.len()).contains(&b.len()) && a.len() <= MAX_LIMBS && out.len() >= a.len() + b.len()
        }));
        // SAFETY: whoever holds the table got it from `Columns::of`, which saw the instruction set.
        unsafe { (self.products)(out, products) }
    }
}

/// Defines `TABLE` over a vector, compiled with the given target features.
macro_rules! instantiate {
    ($vector:ty $(, $feature:literal)?) => {
        pub(super) static TABLE: super::Columns = super::Columns { products };

        $(#[target_feature(enable = $feature)])?
        fn products(out: &mut [u64], products: &[[&[u64]; 2]]) {
            super::doubles::products::<$vector>(out, products);
        }
    };
}

mod portable {
    instantiate!(crate::simd::portable::Array);
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    instantiate!(crate::simd::avx2::F64x4, "avx2,fma,bmi2");
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    instantiate!(crate::simd::avx512::F64x8, "avx512f,avx512bw,avx512dq,avx2,fma,bmi2");
}

#[cfg(target_arch = "aarch64")]
mod neon {
    instantiate!(crate::simd::neon::F64x4, "neon");
}

#[cfg(target_feature = "simd128")]
mod wasm128 {
    instantiate!(crate::simd::wasm128::F64x4);
}
