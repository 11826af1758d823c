//! The table of kernels that every instruction set fills.

use super::super::layout::Layout;
use super::super::line::Line;
use super::Field;

/// One instruction set's kernels; see [`super::generic`] for what each does.
///
/// The functions may only be called on a machine with the instruction set: [`super::Simd::kernels`], the only
/// way to a table, sees to that.
#[derive(Debug)]
#[expect(clippy::type_complexity, reason = "signatures are clearest where they stand")]
pub(crate) struct Kernels {
    /// The smallest block that can be transformed, in points.
    pub(crate) min_block: usize,
    pub(crate) forward_block: unsafe fn(&mut [Line], usize, &Field),
    pub(crate) forward_rows: unsafe fn(&mut [Line], usize, usize, &Field, (usize, usize), &mut [Line]),
    pub(crate) forward_first:
        unsafe fn(&mut [Line], (usize, usize), usize, &Field, (usize, usize), &mut [Line]),
    pub(crate) inverse_block: unsafe fn(&mut [Line], usize, &Field),
    pub(crate) inverse_rows: unsafe fn(&mut [Line], usize, usize, &Field, (usize, usize), &mut [Line]),
    pub(crate) inverse_last: unsafe fn(&mut [Line], usize, usize, &Field, (usize, usize), &mut [Line]),
    pub(crate) multiply: unsafe fn(&mut [Line], &[Line], &Field),
    pub(crate) square: unsafe fn(&mut [Line], &Field),
    pub(crate) multiply_add: unsafe fn(&mut [Line], &[Line], &[Line], &Field),
    pub(crate) residues: unsafe fn(&mut [Line], &[u64], &Layout, &Field),
    pub(crate) combine: unsafe fn(&mut [&mut [Line]], &[&[Line]], &Layout, u32),
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
    forward_rows(x: &mut [Line], rows: usize, j: usize, field: &Field, columns: (usize, usize), strip: &mut [Line]);
    forward_first(x: &mut [Line], rows: (usize, usize), inner: usize, field: &Field, columns: (usize, usize), strip: &mut [Line]);
    inverse_block(x: &mut [Line], j: usize, field: &Field);
    inverse_rows(x: &mut [Line], rows: usize, j: usize, field: &Field, columns: (usize, usize), strip: &mut [Line]);
    inverse_last(x: &mut [Line], rows: usize, inner: usize, field: &Field, columns: (usize, usize), strip: &mut [Line]);
    multiply(x: &mut [Line], y: &[Line], field: &Field);
    square(x: &mut [Line], field: &Field);
    multiply_add(x: &mut [Line], a: &[Line], b: &[Line], field: &Field);
    residues(out: &mut [Line], limbs: &[u64], layout: &Layout, field: &Field);
    combine(columns: &mut [&mut [Line]], residues: &[&[Line]], layout: &Layout, log_scale: u32);
}

/// Defines `KERNELS` over a vector type, compiled with the given target features.
macro_rules! instantiate {
    ($vector:ty $(, $feature:literal)?) => {
        /// The generic kernels with this file's vectors.
        pub(crate) static KERNELS: super::super::Kernels = {
            use super::super::super::layout::Layout;
            use super::super::super::line::Line;
            use super::super::{Field, Kernels, generic};
            $crate::ntt::arch::kernels::instantiate!(@functions $vector, [$($feature)?],
                forward_block(x: &mut [Line], j: usize, field: &Field);
                forward_rows(x: &mut [Line], rows: usize, j: usize, field: &Field, columns: (usize, usize), strip: &mut [Line]);
                forward_first(x: &mut [Line], rows: (usize, usize), inner: usize, field: &Field, columns: (usize, usize), strip: &mut [Line]);
                inverse_block(x: &mut [Line], j: usize, field: &Field);
                inverse_rows(x: &mut [Line], rows: usize, j: usize, field: &Field, columns: (usize, usize), strip: &mut [Line]);
                inverse_last(x: &mut [Line], rows: usize, inner: usize, field: &Field, columns: (usize, usize), strip: &mut [Line]);
                multiply(x: &mut [Line], y: &[Line], field: &Field);
                square(x: &mut [Line], field: &Field);
                multiply_add(x: &mut [Line], a: &[Line], b: &[Line], field: &Field);
                residues(out: &mut [Line], limbs: &[u64], layout: &Layout, field: &Field);
                combine(columns: &mut [&mut [Line]], residues: &[&[Line]], layout: &Layout, log_scale: u32);
            );
            Kernels {
                min_block: <$vector as generic::Vector>::LANES * <$vector as generic::Vector>::LANES,
                forward_block, forward_rows, forward_first, inverse_block, inverse_rows, inverse_last,
                multiply, square, multiply_add, residues, combine,
            }
        };
    };
    (@functions $vector:ty, [$($feature:literal)?], $($name:ident($($arg:ident: $type:ty),*);)*) => {
        $crate::ntt::arch::kernels::instantiate!(@each $vector, [$($feature)?], $($name($($arg: $type),*);)*);
    };
    (@each $vector:ty, [], $($name:ident($($arg:ident: $type:ty),*);)*) => {
        $(fn $name($($arg: $type),*) { generic::$name::<$vector>($($arg),*) })*
    };
    (@each $vector:ty, [$feature:literal], $($name:ident($($arg:ident: $type:ty),*);)*) => {
        $(#[target_feature(enable = $feature)]
        fn $name($($arg: $type),*) { generic::$name::<$vector>($($arg),*) })*
    };
}

pub(super) use instantiate;
