//! The inverse transform: the forward one's steps undone in opposite order, times the number of points of a
//! full transform.

use super::super::super::line::Line;
use super::super::Field;
use super::butterfly::{inverse2, inverse4};
use super::{L1_POINTS, Modulus, STRIP, Vector, quarters, twiddles, vectors_mut};

/// Undoes [`super::forward_block`], times the number of points.
#[inline(always)]
pub(crate) fn inverse_block<V: Vector>(x: &mut [Line], j: usize, field: &Field) {
    let m = Modulus::<V>::new(field.p);
    let x = vectors_mut::<V>(x);
    let odd = !(x.len() / V::LANES).ilog2().is_multiple_of(2);
    let mut len = if odd { x.len() / 2 } else { x.len() };
    while len * V::LANES > L1_POINTS {
        len /= 4;
    }
    let first = j * (x.len() / len);
    for (t, block) in x.chunks_exact_mut(len).enumerate() {
        let mut j = (first + t) * (len / V::LANES);
        for (t, points) in block.chunks_exact_mut(V::LANES).enumerate() {
            tail(points, j + t, field, m);
        }
        let mut size = V::LANES;
        while size < len {
            (size, j) = (size * 4, j / 4);
            pass4_blocks(block, size, j, field, m);
        }
    }
    let mut at = first;
    while 2 * len < x.len() || (!odd && len < x.len()) {
        (len, at) = (len * 4, at / 4);
        pass4_blocks(x, len, at, field, m);
    }
    if odd {
        pass2(x, j, field, m);
    }
}

/// Undoes [`super::forward_rows`], times the number of rows.
#[inline(always)]
pub(crate) fn inverse_rows<V: Vector>(
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
        let (mut len, mut j) = (width, j * rows);
        while len < strip.len() {
            (len, j) = (len * 4, j / 4);
            pass4_blocks(strip, len, j, field, m);
        }
        for (row, copy) in x.chunks_exact_mut(stride).zip(strip.chunks_exact(width)) {
            row[column..column + width].copy_from_slice(copy);
        }
    }
}

#[inline(always)]
fn pass2<V: Vector>(x: &mut [V], j: usize, field: &Field, m: Modulus<V>) {
    let w = V::splat(twiddles::inverse1(field, j));
    let (low, high) = x.split_at_mut(x.len() / 2);
    for (a0, a1) in low.iter_mut().zip(high) {
        [*a0, *a1] = inverse2([*a0, *a1], w, m);
    }
}

/// Two levels of blocks j, j + 1, … of `len` vectors each.
#[inline(always)]
pub(super) fn pass4_blocks<V: Vector>(x: &mut [V], len: usize, j: usize, field: &Field, m: Modulus<V>) {
    for (t, block) in x.chunks_exact_mut(len).enumerate() {
        let w = twiddles::inverse(field, j + t);
        let [a0, a1, a2, a3] = quarters(block);
        for (((a0, a1), a2), a3) in a0.iter_mut().zip(a1).zip(a2).zip(a3) {
            [*a0, *a1, *a2, *a3] = inverse4([*a0, *a1, *a2, *a3], w, m);
        }
    }
}

/// Undoes the forward tail of block j.
#[inline(always)]
fn tail<V: Vector>(x: &mut [V], j: usize, field: &Field, m: Modulus<V>) {
    if V::LANES == 4 {
        let points: &mut [V; 4] = x.try_into().expect("a square");
        let w1 = twiddles::inverse_lanes(field, 4 * j);
        let (w2, w3) = lane_pairs(field, 8 * j);
        *points = inverse4(*points, [w1, w2, w3], m);
        V::transpose(points);
        *points = inverse4(*points, twiddles::inverse(field, j), m);
    } else {
        let points: &mut [V; 8] = x.try_into().expect("a square");
        let w1 = twiddles::inverse_lanes(field, 8 * j);
        let (a1, b1) = lane_pairs(field, 16 * j);
        let (even, odd): ((V, V), (V, V)) = (lane_pairs(field, 32 * j), lane_pairs(field, 32 * j + 16));
        let (a2, b2) = even.0.deinterleave(odd.0);
        let (a3, b3) = even.1.deinterleave(odd.1);
        *points = inverse8(*points, w1, [[a1, a2, a3], [b1, b2, b3]], m);
        V::transpose(points);
        let w = V::splat(twiddles::inverse1(field, j));
        *points =
            inverse8(*points, w, [twiddles::inverse(field, 2 * j), twiddles::inverse(field, 2 * j + 1)], m);
    }
}

/// −1/W[j], −1/W[j + 2], … and −1/W[j + 1], −1/W[j + 3], … in the lanes.
#[inline(always)]
fn lane_pairs<V: Vector>(field: &Field, j: usize) -> (V, V) {
    if j == 0 {
        let mut head = [0.0; 16];
        for (j, w) in head.iter_mut().enumerate() {
            *w = twiddles::inverse1(field, j);
        }
        V::load(&head).deinterleave(V::load(&head[V::LANES..]))
    } else {
        let low: V = twiddles::inverse_lanes(field, j);
        low.deinterleave(twiddles::inverse_lanes(field, j + V::LANES))
    }
}

/// Three levels.
#[inline(always)]
fn inverse8<V: Vector>(c: [V; 8], w: V, halves: [[V; 3]; 2], m: Modulus<V>) -> [V; 8] {
    let low = inverse4([c[0], c[1], c[2], c[3]], halves[0], m);
    let high = inverse4([c[4], c[5], c[6], c[7]], halves[1], m);
    let mut a = [low[0], low[1], low[2], low[3], high[0], high[1], high[2], high[3]];
    for t in 0..4 {
        [a[t], a[t + 4]] = inverse2([a[t], a[t + 4]], w, m);
    }
    a
}
