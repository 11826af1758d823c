//! The table of kernels that every instruction set fills.

use super::{Field, Form};
use crate::arith::ntt::layout::{Layout, MAX_COLUMNS};
use crate::arith::ntt::primes::PRIMES;
use crate::simd::{Line, Simd};

/// One instruction set's kernels; see [`super`] for what each does.
///
/// The functions may only be called on a machine with the instruction set: [`Simd::kernels`], the only
/// way to a table, sees to that.
#[derive(Debug)]
#[expect(clippy::type_complexity, reason = "signatures are clearest where they stand")]
pub(crate) struct Kernels {
    /// What points are between [`Kernels::residues`] and [`Kernels::inverse_last`].
    pub(crate) form: Form,
    /// The smallest block that can be transformed, in points.
    pub(crate) min_block: usize,
    pub(crate) forward_block: unsafe fn(&mut [Line], usize, &Field),
    pub(crate) forward_quarters: unsafe fn(&mut [Line], usize, &Field, (usize, usize)),
    pub(crate) forward_first: unsafe fn(&mut [Line], (usize, usize), &Field, (usize, usize)),
    pub(crate) inverse_block: unsafe fn(&mut [Line], usize, &Field),
    pub(crate) inverse_quarters: unsafe fn(&mut [Line], usize, &Field, (usize, usize)),
    pub(crate) inverse_last: unsafe fn(&mut [Line], usize, &Field, (usize, usize)),
    pub(crate) multiply: unsafe fn(&mut [Line], &[Line], &Field),
    pub(crate) square: unsafe fn(&mut [Line], &Field),
    pub(crate) multiply_add: unsafe fn(&mut [Line], &[Line], &[Line], &Field),
    pub(crate) scale: unsafe fn(&mut [Line], &[Line], f64, &Field),
    pub(crate) residues: unsafe fn(&mut [Line], &[u64], &Layout, &Field),
    pub(crate) combine:
        unsafe fn(&mut [&mut [Line]], &mut [Line; MAX_COLUMNS], &[&[Line]], &Layout, &[f64; PRIMES.len()]),
}

macro_rules! safe {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*);)*) => {
        impl Kernels {
            $($(#[$doc])*
            pub(crate) fn $name(&self, $($arg: $type),*) {
                // SAFETY: whoever holds the table got it from `Simd::kernels`, which saw the instruction set.
                unsafe { (self.$name)($($arg),*) }
            })*
        }
    };
}

safe! {
    forward_block(x: &mut [Line], j: usize, field: &Field);
    forward_quarters(x: &mut [Line], j: usize, field: &Field, columns: (usize, usize));
    forward_first(x: &mut [Line], shape: (usize, usize), field: &Field, columns: (usize, usize));
    inverse_block(x: &mut [Line], j: usize, field: &Field);
    inverse_quarters(x: &mut [Line], j: usize, field: &Field, columns: (usize, usize));
    inverse_last(x: &mut [Line], rows: usize, field: &Field, columns: (usize, usize));
    multiply(x: &mut [Line], y: &[Line], field: &Field);
    square(x: &mut [Line], field: &Field);
    multiply_add(x: &mut [Line], a: &[Line], b: &[Line], field: &Field);
    scale(out: &mut [Line], entries: &[Line], w: f64, field: &Field);
    residues(out: &mut [Line], limbs: &[u64], layout: &Layout, field: &Field);
    combine(sums: &mut [&mut [Line]], before: &mut [Line; MAX_COLUMNS], residues: &[&[Line]], layout: &Layout, scale: &[f64; PRIMES.len()]);
}

/// Defines `KERNELS` over an arithmetic, compiled with the given target features; some may be others' instead.
macro_rules! instantiate {
    ($arithmetic:ty $(, $feature:literal)? $(; $kernel:ident = $other:expr)*) => {
        /// The generic kernels with this arithmetic.
        pub(crate) static KERNELS: Kernels = {
            use crate::arith::ntt::layout::{Layout, MAX_COLUMNS};
            use crate::arith::ntt::primes::PRIMES;
            use crate::simd::{Line, Vector};
            type Points = <$arithmetic as Arithmetic>::Vector;
            instantiate!(@functions $arithmetic, [$($feature)?],
                forward_block(x: &mut [Line], j: usize, field: &Field);
                forward_quarters(x: &mut [Line], j: usize, field: &Field, columns: (usize, usize));
                forward_first(x: &mut [Line], shape: (usize, usize), field: &Field, columns: (usize, usize));
                inverse_block(x: &mut [Line], j: usize, field: &Field);
                inverse_quarters(x: &mut [Line], j: usize, field: &Field, columns: (usize, usize));
                inverse_last(x: &mut [Line], rows: usize, field: &Field, columns: (usize, usize));
                multiply(x: &mut [Line], y: &[Line], field: &Field);
                square(x: &mut [Line], field: &Field);
                multiply_add(x: &mut [Line], a: &[Line], b: &[Line], field: &Field);
                scale(out: &mut [Line], entries: &[Line], w: f64, field: &Field);
                residues(out: &mut [Line], limbs: &[u64], layout: &Layout, field: &Field);
                combine(sums: &mut [&mut [Line]], before: &mut [Line; MAX_COLUMNS], residues: &[&[Line]], layout: &Layout, scale: &[f64; PRIMES.len()]);
            );
            Kernels {
                $($kernel: $other,)*
                ..Kernels {
                    form: <$arithmetic as Arithmetic>::FORM,
                    min_block: Points::LANES * Points::LANES,
                    forward_block, forward_quarters, forward_first, inverse_block, inverse_quarters, inverse_last,
                    multiply, square, multiply_add, scale, residues, combine,
                }
            }
        };
    };
    (@functions $arithmetic:ty, [$($feature:literal)?], $($name:ident($($arg:ident: $type:ty),*);)*) => {
        instantiate!(@each $arithmetic, [$($feature)?], $($name($($arg: $type),*);)*);
    };
    (@each $arithmetic:ty, [], $($name:ident($($arg:ident: $type:ty),*);)*) => {
        $(fn $name($($arg: $type),*) { kernels::$name::<$arithmetic>($($arg),*) })*
    };
    (@each $arithmetic:ty, [$feature:literal], $($name:ident($($arg:ident: $type:ty),*);)*) => {
        $(#[target_feature(enable = $feature)]
        fn $name($($arg: $type),*) { kernels::$name::<$arithmetic>($($arg),*) })*
    };
}

/// A module for WebAssembly has one set of kernels: those of its vectors, if it has them.
#[cfg(not(target_feature = "simd128"))]
mod portable {
    use crate::arith::ntt::kernels::{self, Arithmetic, Field, Kernels, Modulus};
    use crate::simd::portable::Array;

    instantiate!(Modulus<Array>);
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use crate::arith::ntt::kernels::{self, Arithmetic, Field, Kernels, Modulus};
    use crate::simd::avx2::F64x4;

    instantiate!(Modulus<F64x4>, "avx2,fma,bmi2");
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use crate::arith::ntt::kernels::{self, Arithmetic, Field, Kernels, Modulus};
    use crate::simd::avx512::F64x8;

    instantiate!(Modulus<F64x8>, "avx512f,avx512bw,avx512dq,avx2,fma,bmi2");
}

#[cfg(target_arch = "x86_64")]
pub(super) mod ifma {
    use crate::arith::ntt::kernels::integers::Integers;
    use crate::arith::ntt::kernels::{self, Arithmetic, Field, Kernels};

    instantiate!(
        Integers, "avx512f,avx512bw,avx512dq,avx512ifma,avx2,fma,bmi2";
        combine = super::avx512::KERNELS.combine
    );
}

#[cfg(target_arch = "aarch64")]
mod neon {
    use crate::arith::ntt::kernels::{self, Arithmetic, Field, Kernels, Modulus};
    use crate::simd::neon::F64x4;

    instantiate!(Modulus<F64x4>, "neon");
}

#[cfg(target_feature = "simd128")]
mod portable {
    use crate::arith::ntt::kernels::{self, Arithmetic, Field, Kernels, Modulus};
    use crate::simd::wasm128::F64x4;

    instantiate!(Modulus<F64x4>);
}

impl Simd {
    /// The kernels of this level for blocks of so many points; the portable ones where the machine lacks it.
    pub(crate) fn kernels(self, block: usize) -> &'static Kernels {
        let kernels = match self {
            _ if !self.is_available() => &portable::KERNELS,
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 if block >= avx512::KERNELS.min_block => &avx512::KERNELS,
            #[cfg(target_arch = "x86_64")]
            Self::Avx512Ifma if block >= ifma::KERNELS.min_block => &ifma::KERNELS,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 | Self::Avx512 | Self::Avx512Ifma => &avx2::KERNELS,
            #[cfg(target_arch = "aarch64")]
            Self::Neon => &neon::KERNELS,
            _ => &portable::KERNELS,
        };
        #[cfg(target_feature = "relaxed-simd")]
        assert!(crate::simd::wasm128::is_fused(), "this engine does not fuse products and sums");
        debug_assert!(block >= kernels.min_block);
        kernels
    }
}
