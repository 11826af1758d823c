//! Twiddle factors from the table: one for all lanes, or one a lane.
//!
//! No closures here or in the other kernels where vectors pass: they are compiled without the target features, and
//! what is not inlined into a kernel is a call.

use super::super::super::twiddle::mirror;
use super::super::Field;
use super::Vector;

/// The factors of two levels of block j: W[j], W[2j], W[2j + 1].
#[inline(always)]
pub(crate) fn forward<V: Vector>(field: &Field, j: usize) -> [V; 3] {
    let w = field.twiddles;
    [V::splat(w[j]), V::splat(w[2 * j]), V::splat(w[2 * j + 1])]
}

/// −1/W[j], −1/W[2j], −1/W[2j + 1].
#[inline(always)]
pub(crate) fn inverse<V: Vector>(field: &Field, j: usize) -> [V; 3] {
    [V::splat(inverse1(field, j)), V::splat(inverse1(field, 2 * j)), V::splat(inverse1(field, 2 * j + 1))]
}

/// −1/W[j].
#[inline(always)]
pub(crate) fn inverse1(field: &Field, j: usize) -> f64 {
    if j == 0 { -1.0 } else { field.twiddles[mirror(j)] }
}

/// W[j], W[j + 1], … in the lanes.
#[inline(always)]
pub(crate) fn forward_lanes<V: Vector>(field: &Field, j: usize) -> V {
    V::load(&field.twiddles[j..])
}

/// −1/W[j], −1/W[j + 1], … in the lanes, for j a multiple of `LANES`.
#[inline(always)]
pub(crate) fn inverse_lanes<V: Vector>(field: &Field, j: usize) -> V {
    if j == 0 {
        let mut head = [0.0; 8];
        for (j, w) in head.iter_mut().enumerate() {
            *w = inverse1(field, j);
        }
        V::load(&head)
    } else {
        V::load(&field.twiddles[mirror(j + V::LANES - 1)..]).reverse()
    }
}
