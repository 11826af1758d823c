//! The inverse transform: the forward one's steps undone in opposite order, times the number of points of a
//! full transform.

use super::super::super::line::Line;
use super::super::Field;
use super::butterfly::{inverse2, inverse4};
use super::{L1_POINTS, MAX_ROWS, Modulus, STRIP, Vector, quarters, twiddles, vectors_mut};

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
) {
    let m = Modulus::<V>::new(field.p);
    let x = vectors_mut::<V>(x);
    let width = STRIP / V::LANES;
    let stride = x.len() / rows;
    let mut buffer = [V::splat(0.0); MAX_ROWS * STRIP / 4];
    let buffer = &mut buffer[..rows * width];
    for column in (columns.0 / V::LANES..columns.1 / V::LANES).step_by(width) {
        for (row, copy) in x.chunks_exact(stride).zip(buffer.chunks_exact_mut(width)) {
            copy.copy_from_slice(&row[column..column + width]);
        }
        let (mut len, mut j) = (width, j * rows);
        while len < buffer.len() {
            (len, j) = (len * 4, j / 4);
            pass4_blocks(buffer, len, j, field, m);
        }
        for (row, copy) in x.chunks_exact_mut(stride).zip(buffer.chunks_exact(width)) {
            row[column..column + width].copy_from_slice(copy);
        }
    }
}

/// Undoes [`super::forward_first`], times 4.
#[inline(always)]
pub(crate) fn inverse_last<V: Vector>(x: &mut [Line], rows: usize, field: &Field) {
    match rows {
        5 => last::<V, 5>(x, field),
        6 => last::<V, 6>(x, field),
        _ => last::<V, 7>(x, field),
    }
}

/// With v the polynomial modulo y^4 − 1 and q the rest, the polynomial is v + (y^4 − 1)·q. At the roots of
/// y^4 + 1 this is v − 2q, from which q follows; q has rows − 4 terms.
#[inline(always)]
fn last<V: Vector, const ROWS: usize>(x: &mut [Line], field: &Field) {
    let m = Modulus::<V>::new(field.p);
    let roots = twiddles::inverse::<V>(field, 0);
    let [i, w, iw] = [1, 2, 3].map(|j| V::splat(field.twiddles[j]));
    // 1/2 = (p + 1)/2 modulo p, balanced.
    let half = V::splat(-(field.p - 1.0) / 2.0);
    let x = vectors_mut::<V>(x);
    let stride = x.len() / ROWS;
    for column in 0..stride {
        let u: [V; ROWS] = std::array::from_fn(|r| x[r * stride + column]);
        // 4·v
        let mut v = inverse4([u[0], u[1], u[2], u[3]], roots, m);
        let (t2, t3) = (m.mul(v[2], i), m.mul(v[3], i));
        // 4·v modulo y² − i, halved.
        let g = [m.mul(v[0].add(t2), half), m.mul(v[1].add(t3), half)];
        // 4·q
        let mut q = [V::splat(0.0); 3];
        if ROWS == 5 {
            q[0] = m.reduce(g[0].add(m.mul(g[1], w)).sub(u[4].add(u[4])));
        } else {
            // Twice the polynomial modulo y² − i; −1/w = i·w.
            let twice = inverse2([u[4], u[5]], iw, m);
            q[0] = m.reduce(g[0].sub(twice[0]));
            q[1] = m.reduce(g[1].sub(twice[1]));
        }
        if ROWS == 7 {
            // q = s + (y² − i)·r, where s is q modulo y² − i: r follows from the value of q at iw.
            let h = [m.mul(v[0].sub(t2), half), m.mul(v[1].sub(t3), half)];
            let value = h[0].add(m.mul(h[1].sub(q[1]), iw)).sub(u[6].add(u[6])).sub(q[0]);
            // (iw)² − i = −2i, and 1/(−2i) = i/2.
            q[2] = m.mul(m.mul(value, half), i);
            q[0] = m.reduce(q[0].sub(m.mul(q[2], i)));
        }
        for r in 0..ROWS - 4 {
            v[r] = m.reduce(v[r].sub(q[r]));
            x[(r + 4) * stride + column] = q[r];
        }
        for (r, &v) in v.iter().enumerate() {
            x[r * stride + column] = v;
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
fn pass4_blocks<V: Vector>(x: &mut [V], len: usize, j: usize, field: &Field, m: Modulus<V>) {
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
