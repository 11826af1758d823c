//! The last levels of an inverse transform: [`super::forward_first`] undone.

use super::super::super::line::Line;
use super::super::Field;
use super::butterfly::{inverse2, inverse4};
use super::inverse::pass4_blocks;
use super::{Modulus, NARROW_STRIP, Vector, columns_of, twiddles, vectors_mut};

/// Undoes [`super::forward_first`], times `inner` and times 8 for 8 rows, 4 for fewer.
///
/// Inputs up to 1.5 p give outputs up to 1.5 p.
#[inline(always)]
pub(crate) fn inverse_last<V: Vector>(
    x: &mut [Line],
    rows: usize,
    inner: usize,
    field: &Field,
    columns: (usize, usize),
    strip: &mut [Line],
) {
    let m = Modulus::<V>::new(field.p);
    let x = vectors_mut::<V>(x);
    let (from, to) = (columns.0 / V::LANES, columns.1 / V::LANES);
    let in_place = inner == 1;
    let width = if in_place { to - from } else { NARROW_STRIP / V::LANES };
    let stride = x.len() / (rows * inner);
    let strip = if in_place { &mut [] } else { &mut vectors_mut::<V>(strip)[..rows * inner * width] };
    for column in (from..to).step_by(width) {
        for (row, copy) in x.chunks_exact(stride).zip(strip.chunks_exact_mut(width)) {
            copy.copy_from_slice(&row[column..column + width]);
        }
        for (j, block) in strip.chunks_exact_mut(inner * width).enumerate() {
            let (mut len, mut j) = (width, inner * j);
            while len < block.len() {
                (len, j) = (len * 4, j / 4);
                pass4_blocks(block, len, j, field, m);
            }
        }
        let (last, range) = if in_place { (&mut *x, (from, to)) } else { (&mut *strip, (0, inner * width)) };
        terms(last, rows, range, field, m);
        for (row, copy) in x.chunks_exact_mut(stride).zip(strip.chunks_exact(width)) {
            row[column..column + width].copy_from_slice(copy);
        }
    }
}

#[inline(always)]
fn terms<V: Vector>(x: &mut [V], rows: usize, columns: (usize, usize), field: &Field, m: Modulus<V>) {
    match rows {
        _ if V::COMPACT => last(x, rows, columns, field, m),
        // Constants make these straight lines.
        4 => last(x, 4, columns, field, m),
        5 => last(x, 5, columns, field, m),
        6 => last(x, 6, columns, field, m),
        7 => last(x, 7, columns, field, m),
        8 => last(x, 8, columns, field, m),
        _ => unreachable!("transforms have 4 to 8 rows"),
    }
}

/// The terms of some columns.
///
/// With v the polynomial modulo y^4 − 1 and q the rest, the polynomial is v + (y^4 − 1)·q. At the roots of
/// y^4 + 1 this is v − 2q, from which q follows; q has rows − 4 terms.
#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "the index runs over all rows")]
fn last<V: Vector>(x: &mut [V], rows: usize, columns: (usize, usize), field: &Field, m: Modulus<V>) {
    let table = field.twiddles;
    let [i, w, iw] = [V::splat(table[1]), V::splat(table[2]), V::splat(table[3])];
    let upper = twiddles::inverse::<V>(field, 1);
    // 1/2 = (p + 1)/2 modulo p, balanced.
    let half = V::splat(-(field.p - 1.0) / 2.0);
    let x = columns_of(x, rows, columns);
    for column in 0..columns.1 - columns.0 {
        let mut u = [V::splat(0.0); 8];
        for r in 0..rows {
            u[r] = x[r][column];
        }
        // 4·v
        let mut v = terms4([u[0], u[1], u[2], u[3]], i, m);
        // 4·q, or for eight rows 8·q.
        let mut q = [V::splat(0.0); 4];
        if rows == 8 {
            let negated = inverse4([u[4], u[5], u[6], u[7]], upper, m);
            for r in 0..4 {
                (v[r], q[r]) = (m.reduce(v[r].add(negated[r])), m.reduce(v[r].sub(negated[r])));
            }
        } else if rows > 4 {
            let (t2, t3) = (m.mul(v[2], i), m.mul(v[3], i));
            // 4·v modulo y² − i, halved.
            let g = [m.mul(v[0].add(t2), half), m.mul(v[1].add(t3), half)];
            if rows == 5 {
                q[0] = m.reduce(g[0].add(m.mul(g[1], w)).sub(u[4].add(u[4])));
            } else {
                // Twice the polynomial modulo y² − i; −1/w = i·w.
                let twice = inverse2([u[4], u[5]], iw, m);
                q[0] = m.reduce(g[0].sub(twice[0]));
                q[1] = m.reduce(g[1].sub(twice[1]));
            }
            if rows == 7 {
                // q = s + (y² − i)·r, where s is q modulo y² − i: r follows from the value of q at iw.
                let h = [m.mul(v[0].sub(t2), half), m.mul(v[1].sub(t3), half)];
                let value = h[0].add(m.mul(h[1].sub(q[1]), iw)).sub(u[6].add(u[6])).sub(q[0]);
                // (iw)² − i = −2i, and 1/(−2i) = i/2.
                q[2] = m.mul(m.mul(value, half), i);
                q[0] = m.reduce(q[0].sub(m.mul(q[2], i)));
            }
            for r in 0..3 {
                if r + 4 < rows {
                    v[r] = m.reduce(v[r].sub(q[r]));
                }
            }
        }
        for r in 0..4 {
            x[r][column] = v[r];
        }
        for r in 4..rows {
            x[r][column] = q[r - 4];
        }
    }
}

/// Four times the terms of the polynomial with these values at 1, −1, i and −i.
#[inline(always)]
fn terms4<V: Vector>(c: [V; 4], i: V, m: Modulus<V>) -> [V; 4] {
    let (b0, b1) = (c[0].add(c[1]), c[0].sub(c[1]));
    // −1/i = i
    let (b2, b3) = (c[2].add(c[3]), m.mul(c[3].sub(c[2]), i));
    [m.reduce(b0.add(b2)), m.reduce(b1.add(b3)), m.reduce(b0.sub(b2)), m.reduce(b1.sub(b3))]
}
