//! Twiddle factors from the table: one for all lanes, or one a lane.
//!
//! No closures here or in the other kernels where vectors pass: they are compiled without the target features, and
//! what is not inlined into a kernel is a call.

use super::{Arithmetic, Field};
use crate::arith::ntt::twiddle::mirror;
use crate::simd::Vectors;

/// W[j].
#[inline(always)]
pub(crate) fn forward1<M: Arithmetic>(field: &Field, j: usize, m: M) -> M::Constant {
    m.factor(m.simd().splat(field.twiddles[j]))
}

/// The factors of two levels of block j: W[j], W[2j], W[2j + 1].
#[inline(always)]
pub(crate) fn forward<M: Arithmetic>(field: &Field, j: usize, m: M) -> [M::Constant; 3] {
    [forward1(field, j, m), forward1(field, 2 * j, m), forward1(field, 2 * j + 1, m)]
}

/// −1/W[j].
#[inline(always)]
pub(crate) fn inverse1<M: Arithmetic>(field: &Field, j: usize, m: M) -> M::Constant {
    m.factor(m.simd().splat(inverse_entry::<M>(field, j)))
}

/// −1/W[j], −1/W[2j], −1/W[2j + 1].
#[inline(always)]
pub(crate) fn inverse<M: Arithmetic>(field: &Field, j: usize, m: M) -> [M::Constant; 3] {
    [inverse1(field, j, m), inverse1(field, 2 * j, m), inverse1(field, 2 * j + 1, m)]
}

/// The entry for −1/W[j].
#[inline(always)]
pub(crate) fn inverse_entry<M: Arithmetic>(field: &Field, j: usize) -> f64 {
    if j == 0 { M::MINUS_ONE } else { field.twiddles[mirror(j)] }
}

/// The entries for W[j], W[j + 1], … in the lanes.
#[inline(always)]
pub(crate) fn forward_lanes<M: Arithmetic>(field: &Field, j: usize, m: M) -> M::Vector {
    m.simd().load(&field.twiddles[j..])
}

/// The entries for −1/W[j], −1/W[j + 1], … in the lanes, for j a multiple of `LANES`.
#[inline(always)]
pub(crate) fn inverse_lanes<M: Arithmetic>(field: &Field, j: usize, m: M) -> M::Vector {
    let simd = m.simd();
    if j == 0 {
        let mut head = [0.0; 8];
        for (j, w) in head.iter_mut().enumerate() {
            *w = inverse_entry::<M>(field, j);
        }
        simd.load(&head)
    } else {
        simd.reverse(simd.load(&field.twiddles[mirror(j + M::Simd::LANES - 1)..]))
    }
}
