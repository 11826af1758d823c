//! The inverse transform: the forward one's steps undone in opposite order, times the number of points of a
//! full transform.

use super::butterfly::{inverse2, inverse4};
use super::passes::{self, Inverse, pass2, pass4_blocks};
use super::{Arithmetic, Field, L1_POINTS, MAX_ROWS, points_mut, twiddles};
use crate::simd::{Line, Vectors};

/// Undoes [`super::forward_block`], times the number of points.
#[inline(always)]
pub(crate) fn inverse_block<M: Arithmetic>(x: &mut [Line], j: usize, field: &Field, m: M) {
    let x = points_mut::<M>(x);
    let odd = !(x.len() / M::Simd::LANES).ilog2().is_multiple_of(2);
    let mut len = if odd { x.len() / 2 } else { x.len() };
    while len * M::Simd::LANES > L1_POINTS {
        len /= 4;
    }
    let first = j * (x.len() / len);
    for (t, block) in x.chunks_exact_mut(len).enumerate() {
        let mut j = (first + t) * (len / M::Simd::LANES);
        for (t, points) in block.chunks_exact_mut(M::Simd::LANES).enumerate() {
            tail(points, j + t, field, m);
        }
        let mut size = M::Simd::LANES;
        while size < len {
            (size, j) = (size * 4, j / 4);
            pass4_blocks::<Inverse, M>(block, size, j, field, m);
        }
    }
    let mut at = first;
    while 2 * len < x.len() || (!odd && len < x.len()) {
        (len, at) = (len * 4, at / 4);
        pass4_blocks::<Inverse, M>(x, len, at, field, m);
    }
    if odd {
        pass2::<Inverse, M>(x, j, field, m);
    }
}

/// Undoes [`super::forward_quarters`], times 4.
#[inline(always)]
pub(crate) fn inverse_quarters<M: Arithmetic>(
    columns: [&mut [Line]; MAX_ROWS],
    j: usize,
    field: &Field,
    m: M,
) {
    passes::of_quarters::<Inverse, M>(columns, j, field, m);
}

/// Undoes the forward tail of block j.
#[inline(always)]
fn tail<M: Arithmetic>(x: &mut [M::Vector], j: usize, field: &Field, m: M) {
    if M::Simd::LANES == 4 {
        let points: &mut [M::Vector; 4] = x.try_into().expect("a square");
        let w1 = twiddles::inverse_lanes(field, 4 * j, m);
        let (w2, w3) = lane_pairs(field, 8 * j, m);
        *points = inverse4(*points, [m.factor(w1), m.factor(w2), m.factor(w3)], m);
        m.simd().transpose(points);
        *points = inverse4(*points, twiddles::inverse(field, j, m), m);
    } else {
        let points: &mut [M::Vector; 8] = x.try_into().expect("a square");
        let w1 = twiddles::inverse_lanes(field, 8 * j, m);
        let (a1, b1) = lane_pairs(field, 16 * j, m);
        let (even, odd) = (lane_pairs(field, 32 * j, m), lane_pairs(field, 32 * j + 16, m));
        let (a2, b2) = m.simd().deinterleave(even.0, odd.0);
        let (a3, b3) = m.simd().deinterleave(even.1, odd.1);
        let low = [m.factor(a1), m.factor(a2), m.factor(a3)];
        let high = [m.factor(b1), m.factor(b2), m.factor(b3)];
        *points = inverse8(*points, m.factor(w1), [low, high], m);
        m.simd().transpose(points);
        let w = twiddles::inverse1(field, j, m);
        *points = inverse8(
            *points,
            w,
            [twiddles::inverse(field, 2 * j, m), twiddles::inverse(field, 2 * j + 1, m)],
            m,
        );
    }
}

/// The entries for −1/W[j], −1/W[j + 2], … and −1/W[j + 1], −1/W[j + 3], … in the lanes.
#[inline(always)]
fn lane_pairs<M: Arithmetic>(field: &Field, j: usize, m: M) -> (M::Vector, M::Vector) {
    let simd = m.simd();
    if j == 0 {
        let mut head = [0.0; 16];
        for (j, w) in head.iter_mut().enumerate() {
            *w = twiddles::inverse_entry::<M>(field, j);
        }
        simd.deinterleave(simd.load(&head), simd.load(&head[M::Simd::LANES..]))
    } else {
        let low = twiddles::inverse_lanes(field, j, m);
        simd.deinterleave(low, twiddles::inverse_lanes(field, j + M::Simd::LANES, m))
    }
}

/// Three levels.
#[inline(always)]
fn inverse8<M: Arithmetic>(
    c: [M::Vector; 8],
    w: M::Constant,
    halves: [[M::Constant; 3]; 2],
    m: M,
) -> [M::Vector; 8] {
    let low = inverse4([c[0], c[1], c[2], c[3]], halves[0], m);
    let high = inverse4([c[4], c[5], c[6], c[7]], halves[1], m);
    let mut a = [low[0], low[1], low[2], low[3], high[0], high[1], high[2], high[3]];
    for t in 0..4 {
        [a[t], a[t + 4]] = inverse2([a[t], a[t + 4]], w, m);
    }
    a
}
