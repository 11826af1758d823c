//! The forward transform: decimation in frequency, natural order in, permuted order out.

use super::super::super::line::Line;
use super::super::Field;
use super::butterfly::{forward2, forward4};
use super::{L1_POINTS, Modulus, STRIP, Vector, quarters, twiddles, vectors_mut};

/// The transform of block j, down to single points.
#[inline(always)]
pub(crate) fn forward_block<V: Vector>(x: &mut [Line], j: usize, field: &Field) {
    let m = Modulus::<V>::new(field.p);
    let x = vectors_mut::<V>(x);
    let (mut len, mut j) = (x.len(), j);
    if !(len / V::LANES).ilog2().is_multiple_of(2) {
        pass2(x, j, field, m);
        (len, j) = (len / 2, 2 * j);
    }
    while len * V::LANES > L1_POINTS {
        pass4_blocks(x, len, j, field, m);
        (len, j) = (len / 4, 4 * j);
    }
    for (t, block) in x.chunks_exact_mut(len).enumerate() {
        let (mut len, mut j) = (len, j + t);
        while len > V::LANES {
            pass4_blocks(block, len, j, field, m);
            (len, j) = (len / 4, 4 * j);
        }
        for (t, points) in block.chunks_exact_mut(V::LANES).enumerate() {
            tail(points, j + t, field, m);
        }
    }
}

/// The first levels of block j, whose points are `rows` rows: columns `from..to` of them.
#[inline(always)]
pub(crate) fn forward_rows<V: Vector>(
    x: &mut [Line],
    rows: usize,
    j: usize,
    field: &Field,
    columns: (usize, usize),
    strip: &mut [Line],
) {
    let m = Modulus::<V>::new(field.p);
    let x = vectors_mut::<V>(x);
    let width = STRIP / V::LANES;
    let stride = x.len() / rows;
    let strip = &mut vectors_mut::<V>(strip)[..rows * width];
    for column in (columns.0 / V::LANES..columns.1 / V::LANES).step_by(width) {
        for (row, copy) in x.chunks_exact(stride).zip(strip.chunks_exact_mut(width)) {
            copy.copy_from_slice(&row[column..column + width]);
        }
        let (mut len, mut j) = (strip.len(), j);
        while len > width {
            pass4_blocks(strip, len, j, field, m);
            (len, j) = (len / 4, 4 * j);
        }
        for (row, copy) in x.chunks_exact_mut(stride).zip(strip.chunks_exact(width)) {
            row[column..column + width].copy_from_slice(copy);
        }
    }
}

#[inline(always)]
fn pass2<V: Vector>(x: &mut [V], j: usize, field: &Field, m: Modulus<V>) {
    let w = V::splat(field.twiddles[j]);
    let (low, high) = x.split_at_mut(x.len() / 2);
    for (a0, a1) in low.iter_mut().zip(high) {
        [*a0, *a1] = forward2([*a0, *a1], w, m);
    }
}

/// Two levels of blocks j, j + 1, … of `len` vectors each.
#[inline(always)]
pub(super) fn pass4_blocks<V: Vector>(x: &mut [V], len: usize, j: usize, field: &Field, m: Modulus<V>) {
    for (t, block) in x.chunks_exact_mut(len).enumerate() {
        let w = twiddles::forward(field, j + t);
        let [a0, a1, a2, a3] = quarters(block);
        for (((a0, a1), a2), a3) in a0.iter_mut().zip(a1).zip(a2).zip(a3) {
            [*a0, *a1, *a2, *a3] = forward4([*a0, *a1, *a2, *a3], w, m);
        }
    }
}

/// The last levels of block j, a square of `LANES` vectors: the levels between the vectors, then, transposed,
/// those within.
#[inline(always)]
fn tail<V: Vector>(x: &mut [V], j: usize, field: &Field, m: Modulus<V>) {
    if V::LANES == 4 {
        let points: &mut [V; 4] = x.try_into().expect("a square");
        *points = forward4(*points, twiddles::forward(field, j), m);
        V::transpose(points);
        let w1 = twiddles::forward_lanes(field, 4 * j);
        let (w2, w3) = lane_pairs(field, 8 * j);
        *points = forward4(*points, [w1, w2, w3], m);
    } else {
        let points: &mut [V; 8] = x.try_into().expect("a square");
        *points = forward8(
            *points,
            V::splat(field.twiddles[j]),
            [twiddles::forward(field, 2 * j), twiddles::forward(field, 2 * j + 1)],
            m,
        );
        V::transpose(points);
        let w1 = twiddles::forward_lanes(field, 8 * j);
        let (a1, b1) = lane_pairs(field, 16 * j);
        let (even, odd): ((V, V), (V, V)) = (lane_pairs(field, 32 * j), lane_pairs(field, 32 * j + 16));
        let (a2, b2) = even.0.deinterleave(odd.0);
        let (a3, b3) = even.1.deinterleave(odd.1);
        *points = forward8(*points, w1, [[a1, a2, a3], [b1, b2, b3]], m);
    }
}

/// W[j], W[j + 2], … and W[j + 1], W[j + 3], … in the lanes.
#[inline(always)]
fn lane_pairs<V: Vector>(field: &Field, j: usize) -> (V, V) {
    let low: V = twiddles::forward_lanes(field, j);
    low.deinterleave(twiddles::forward_lanes(field, j + V::LANES))
}

/// Three levels.
#[inline(always)]
fn forward8<V: Vector>(a: [V; 8], w: V, halves: [[V; 3]; 2], m: Modulus<V>) -> [V; 8] {
    let mut b = a;
    for t in 0..4 {
        [b[t], b[t + 4]] = forward2([a[t], a[t + 4]], w, m);
    }
    let low = forward4([b[0], b[1], b[2], b[3]], halves[0], m);
    let high = forward4([b[4], b[5], b[6], b[7]], halves[1], m);
    [low[0], low[1], low[2], low[3], high[0], high[1], high[2], high[3]]
}
