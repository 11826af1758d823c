//! Products of short numbers by columns, in vectors: quadratic like those by rows, and quicker from some eight limbs on.

mod doubles;
#[cfg(target_arch = "x86_64")]
mod integers;
#[cfg(test)]
mod tests;

use crate::arith::ntt::SHORT;
#[cfg(test)]
use crate::run::fault;
use crate::simd::{Detected, Kernel, Vectors};
#[cfg(target_arch = "x86_64")]
use crate::simd::{Ifma, IfmaKernel};

/// The longest factor, in limbs.
pub(crate) const MAX_LIMBS: usize = doubles::MAX_LIMBS;

/// out = the sum of the products, of which there are one or two; the portable level is slow.
///
/// Factors have 1 to [`MAX_LIMBS`] limbs, the first one of a product at least as many as the second one, and `out`
/// has room for the sum.
pub(crate) fn products(out: &mut [u64], products: &[[&[u64]; 2]], simd: Detected) {
    debug_assert!(products.iter().all(|[a, b]| {
        (1..=a.len()).contains(&b.len()) && a.len() <= MAX_LIMBS && out.len() >= a.len() + b.len()
    }));
    if cfg!(target_arch = "wasm32") && SHORT {
        unreachable!("without fused products those by rows are quicker");
    }
    let sum = Sum { out: &mut *out, products };
    match simd {
        #[cfg(target_arch = "x86_64")]
        Detected::Ifma(simd) => simd.run(sum),
        simd => simd.run(sum),
    }
    #[cfg(test)]
    fault::strike(fault::Site::Columns, out);
}

/// out = the sum of the products
struct Sum<'a> {
    out: &'a mut [u64],
    products: &'a [[&'a [u64]; 2]],
}

impl Kernel for Sum<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Vectors>(self, simd: S) {
        doubles::products(self.out, self.products, simd);
    }
}

#[cfg(target_arch = "x86_64")]
impl IfmaKernel for Sum<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self, simd: Ifma) {
        integers::products(self.out, self.products, simd);
    }
}
