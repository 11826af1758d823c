//! The forward transform: decimation in frequency, natural order in, permuted order out.

use super::butterfly::{forward2, forward4};
use super::passes::{self, Forward, pass2, pass4_blocks};
use super::{Arithmetic, Field, L1_POINTS, MAX_ROWS, points_mut, twiddles};
use crate::simd::{Line, Vectors};

/// The transform of block j, down to single points.
#[inline(always)]
pub(crate) fn forward_block<M: Arithmetic>(x: &mut [Line], j: usize, field: &Field, m: M) {
    let x = points_mut::<M>(x);
    let (mut len, mut j) = (x.len(), j);
    if !(len / M::Simd::LANES).ilog2().is_multiple_of(2) {
        pass2::<Forward, M>(x, j, field, m);
        (len, j) = (len / 2, 2 * j);
    }
    while len * M::Simd::LANES > L1_POINTS {
        pass4_blocks::<Forward, M>(x, len, j, field, m);
        (len, j) = (len / 4, 4 * j);
    }
    for (t, block) in x.chunks_exact_mut(len).enumerate() {
        let (mut len, mut j) = (len, j + t);
        while len > M::Simd::LANES {
            pass4_blocks::<Forward, M>(block, len, j, field, m);
            (len, j) = (len / 4, 4 * j);
        }
        for (t, points) in block.chunks_exact_mut(M::Simd::LANES).enumerate() {
            tail(points, j + t, field, m);
        }
    }
}

/// The first two levels of block j, of some columns of its quarters.
#[inline(always)]
pub(crate) fn forward_quarters<M: Arithmetic>(
    columns: [&mut [Line]; MAX_ROWS],
    j: usize,
    field: &Field,
    m: M,
) {
    passes::of_quarters::<Forward, M>(columns, j, field, m);
}

/// The last levels of block j, a square of `LANES` vectors: the levels between the vectors, then, transposed,
/// those within.
#[inline(always)]
fn tail<M: Arithmetic>(x: &mut [M::Vector], j: usize, field: &Field, m: M) {
    if M::Simd::LANES == 4 {
        let points: &mut [M::Vector; 4] = x.try_into().expect("a square");
        *points = forward4(*points, twiddles::forward(field, j, m), m);
        m.simd().transpose(points);
        let w1 = twiddles::forward_lanes(field, 4 * j, m);
        let (w2, w3) = lane_pairs(field, 8 * j, m);
        *points = forward4(*points, [m.factor(w1), m.factor(w2), m.factor(w3)], m);
    } else {
        let points: &mut [M::Vector; 8] = x.try_into().expect("a square");
        *points = forward8(
            *points,
            twiddles::forward1(field, j, m),
            [twiddles::forward(field, 2 * j, m), twiddles::forward(field, 2 * j + 1, m)],
            m,
        );
        m.simd().transpose(points);
        let w1 = twiddles::forward_lanes(field, 8 * j, m);
        let (a1, b1) = lane_pairs(field, 16 * j, m);
        let (even, odd) = (lane_pairs(field, 32 * j, m), lane_pairs(field, 32 * j + 16, m));
        let (a2, b2) = m.simd().deinterleave(even.0, odd.0);
        let (a3, b3) = m.simd().deinterleave(even.1, odd.1);
        let low = [m.factor(a1), m.factor(a2), m.factor(a3)];
        let high = [m.factor(b1), m.factor(b2), m.factor(b3)];
        *points = forward8(*points, m.factor(w1), [low, high], m);
    }
}

/// The entries for W[j], W[j + 2], … and W[j + 1], W[j + 3], … in the lanes.
#[inline(always)]
fn lane_pairs<M: Arithmetic>(field: &Field, j: usize, m: M) -> (M::Vector, M::Vector) {
    let low = twiddles::forward_lanes(field, j, m);
    m.simd().deinterleave(low, twiddles::forward_lanes(field, j + M::Simd::LANES, m))
}

/// Three levels.
#[inline(always)]
fn forward8<M: Arithmetic>(
    a: [M::Vector; 8],
    w: M::Constant,
    halves: [[M::Constant; 3]; 2],
    m: M,
) -> [M::Vector; 8] {
    let mut b = a;
    for t in 0..4 {
        [b[t], b[t + 4]] = forward2([a[t], a[t + 4]], w, m);
    }
    let low = forward4([b[0], b[1], b[2], b[3]], halves[0], m);
    let high = forward4([b[4], b[5], b[6], b[7]], halves[1], m);
    [low[0], low[1], low[2], low[3], high[0], high[1], high[2], high[3]]
}
