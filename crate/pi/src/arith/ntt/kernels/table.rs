//! The kernels of an instruction set, as those call them who know nothing of vectors.

#[cfg(target_arch = "x86_64")]
use super::integers::Integers;
use super::{Field, Form, MAX_ROWS, Modulus};
use crate::arith::ntt::layout::{Layout, MAX_COLUMNS};
use crate::arith::ntt::primes::PRIMES;
#[cfg(target_arch = "x86_64")]
use crate::arith::ntt::primes::SHORT;
use crate::simd::{Detected, Kernel, Line, Vectors};
#[cfg(target_arch = "x86_64")]
use crate::simd::{Ifma, IfmaKernel};

/// One instruction set's kernels; see [`super`] for the meaning of each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kernels(Detected);

impl Kernels {
    /// Those of a level for blocks of so many points.
    pub(crate) fn of(simd: Detected, block: usize) -> Self {
        let kernels = Self(if block < simd.square_points() { simd.with_four_lanes() } else { simd });
        debug_assert!(block >= kernels.0.square_points());
        kernels
    }

    /// How points are kept between [`Kernels::residues`] and [`Kernels::inverse_last`].
    pub(crate) fn form(self) -> Form {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Detected::Ifma(_) if !SHORT => Form::Integers,
            _ => Form::Doubles,
        }
    }
}

/// The Chinese remainder theorem, which is in doubles on every level.
struct Combine<'a> {
    sums: &'a mut [&'a mut [Line]],
    before: &'a mut [Line; MAX_COLUMNS],
    residues: &'a [&'a [Line]],
    layout: &'a Layout,
    scale: &'a [f64; PRIMES.len()],
}

impl Kernel for Combine<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Vectors>(self, simd: S) {
        super::combine(self.sums, self.before, self.residues, self.layout, self.scale, simd);
    }
}

impl Kernels {
    pub(crate) fn combine<'a>(
        self,
        sums: &'a mut [&'a mut [Line]],
        before: &'a mut [Line; MAX_COLUMNS],
        residues: &'a [&'a [Line]],
        layout: &'a Layout,
        scale: &'a [f64; PRIMES.len()],
    ) {
        self.0.run(Combine { sums, before, residues, layout, scale });
    }
}

/// Defines methods of [`Kernels`] that do the work of the kernels of these names, compiled for each instruction set in
/// the arithmetic that suits it; some want the twiddle factors of the field as well.
macro_rules! kernels {
    ($($name:ident($($arg:ident: $type:ty),* $(; $twiddles:ident)?);)*) => {
        impl Kernels {
            $(pub(crate) fn $name<'a>(self, $($arg: $type,)* field: &'a Field<'a>) {
                struct Call<'a> {
                    $($arg: $type,)*
                    field: &'a Field<'a>,
                }

                impl Kernel for Call<'_> {
                    type Output = ();

                    #[inline(always)]
                    fn run<S: Vectors>(self, simd: S) {
                        let m = Modulus::of(self.field, simd);
                        super::$name($(self.$arg,)* $(self.$twiddles,)? m);
                    }
                }

                #[cfg(target_arch = "x86_64")]
                impl IfmaKernel for Call<'_> {
                    type Output = ();

                    #[inline(always)]
                    fn run(self, simd: Ifma) {
                        let m = Integers::of(self.field, simd);
                        super::$name($(self.$arg,)* $(self.$twiddles,)? m);
                    }
                }

                let call = Call { $($arg,)* field };
                match self.0 {
                    #[cfg(target_arch = "x86_64")]
                    Detected::Ifma(simd) if !SHORT => simd.run(call),
                    simd => simd.run(call),
                }
            })*
        }
    };
}

kernels! {
    forward_block(x: &'a mut [Line], j: usize; field);
    forward_quarters(columns: [&'a mut [Line]; MAX_ROWS], j: usize; field);
    forward_first(columns: [&'a mut [Line]; MAX_ROWS], shape: (usize, usize); field);
    inverse_block(x: &'a mut [Line], j: usize; field);
    inverse_quarters(columns: [&'a mut [Line]; MAX_ROWS], j: usize; field);
    inverse_last(columns: [&'a mut [Line]; MAX_ROWS], rows: usize; field);
    multiply(x: &'a mut [Line], y: &'a [Line]);
    square(x: &'a mut [Line]);
    multiply_add(x: &'a mut [Line], a: &'a [Line], b: &'a [Line]);
    scale(out: &'a mut [Line], entries: &'a [Line], w: f64);
    residues(out: &'a mut [Line], limbs: &'a [u64], layout: &'a Layout);
}
