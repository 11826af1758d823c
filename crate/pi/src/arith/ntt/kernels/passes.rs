//! Passes over memory, the same in both directions: one level or two of every block.

use super::butterfly::{forward2, forward4, inverse2, inverse4};
use super::{Arithmetic, Field, MAX_ROWS, rows_mut, twiddles};
use crate::simd::Line;

/// The butterflies of a direction, with their twiddle factors for block j.
pub(super) trait Direction {
    fn two<M: Arithmetic>(points: [M::Vector; 2], w: M::Constant, m: M) -> [M::Vector; 2];
    fn four<M: Arithmetic>(points: [M::Vector; 4], w: [M::Constant; 3], m: M) -> [M::Vector; 4];
    fn twiddle<M: Arithmetic>(field: &Field, j: usize, m: M) -> M::Constant;
    fn twiddles<M: Arithmetic>(field: &Field, j: usize, m: M) -> [M::Constant; 3];
}

pub(super) struct Forward;

impl Direction for Forward {
    #[inline(always)]
    fn two<M: Arithmetic>(points: [M::Vector; 2], w: M::Constant, m: M) -> [M::Vector; 2] {
        forward2(points, w, m)
    }

    #[inline(always)]
    fn four<M: Arithmetic>(points: [M::Vector; 4], w: [M::Constant; 3], m: M) -> [M::Vector; 4] {
        forward4(points, w, m)
    }

    #[inline(always)]
    fn twiddle<M: Arithmetic>(field: &Field, j: usize, m: M) -> M::Constant {
        twiddles::forward1(field, j, m)
    }

    #[inline(always)]
    fn twiddles<M: Arithmetic>(field: &Field, j: usize, m: M) -> [M::Constant; 3] {
        twiddles::forward(field, j, m)
    }
}

pub(super) struct Inverse;

impl Direction for Inverse {
    #[inline(always)]
    fn two<M: Arithmetic>(points: [M::Vector; 2], w: M::Constant, m: M) -> [M::Vector; 2] {
        inverse2(points, w, m)
    }

    #[inline(always)]
    fn four<M: Arithmetic>(points: [M::Vector; 4], w: [M::Constant; 3], m: M) -> [M::Vector; 4] {
        inverse4(points, w, m)
    }

    #[inline(always)]
    fn twiddle<M: Arithmetic>(field: &Field, j: usize, m: M) -> M::Constant {
        twiddles::inverse1(field, j, m)
    }

    #[inline(always)]
    fn twiddles<M: Arithmetic>(field: &Field, j: usize, m: M) -> [M::Constant; 3] {
        twiddles::inverse(field, j, m)
    }
}

/// Two levels of block j, of some columns of its quarters.
#[inline(always)]
pub(super) fn of_quarters<D: Direction, M: Arithmetic>(
    columns: [&mut [Line]; MAX_ROWS],
    j: usize,
    field: &Field,
    m: M,
) {
    let [a0, a1, a2, a3, ..] = rows_mut::<M>(columns);
    pass4::<D, M>([a0, a1, a2, a3], D::twiddles(field, j, m), m);
}

/// One level of block j.
#[inline(always)]
pub(super) fn pass2<D: Direction, M: Arithmetic>(x: &mut [M::Vector], j: usize, field: &Field, m: M) {
    let w = D::twiddle(field, j, m);
    let (low, high) = x.split_at_mut(x.len() / 2);
    for (a0, a1) in low.iter_mut().zip(high) {
        [*a0, *a1] = D::two([*a0, *a1], w, m);
    }
}

/// Two levels of blocks j, j + 1, … of `len` vectors each.
#[inline(always)]
pub(super) fn pass4_blocks<D: Direction, M: Arithmetic>(
    x: &mut [M::Vector],
    len: usize,
    j: usize,
    field: &Field,
    m: M,
) {
    for (t, block) in x.chunks_exact_mut(len).enumerate() {
        pass4::<D, M>(quarters(block), D::twiddles(field, j + t, m), m);
    }
}

#[inline(always)]
fn pass4<D: Direction, M: Arithmetic>([a0, a1, a2, a3]: [&mut [M::Vector]; 4], w: [M::Constant; 3], m: M) {
    for (((a0, a1), a2), a3) in a0.iter_mut().zip(a1).zip(a2).zip(a3) {
        [*a0, *a1, *a2, *a3] = D::four([*a0, *a1, *a2, *a3], w, m);
    }
}

/// Splits a block into its four quarters.
#[inline(always)]
fn quarters<V>(x: &mut [V]) -> [&mut [V]; 4] {
    let (low, high) = x.split_at_mut(x.len() / 2);
    let (a0, a1) = low.split_at_mut(low.len() / 2);
    let (a2, a3) = high.split_at_mut(high.len() / 2);
    [a0, a1, a2, a3]
}
