//! The first levels of a transform, on fresh residues: from a polynomial in y of `rows` terms, for every column,
//! to its remainders modulo y − R(0), …, y − R(rows − 1), where R(0), …, R(7) are the eighth roots of unity in
//! bit-reversed order: 1, −1, i, −i, w, −w, iw, −iw. Fewer than eight rows are a truncated transform.

use super::super::super::line::Line;
use super::super::Field;
use super::forward::pass4_blocks;
use super::{Modulus, NARROW_STRIP, Vector, columns_of, vectors_mut};

/// The first levels of a transform of 4 to 8 rows, then those of `inner` rows in each of them, for a range of
/// columns of the inner rows. Rows from `filled` on, all or the upper half, rounded down, are taken to be zero.
///
/// Inputs up to 0.6 p give outputs up to 3 p.
#[inline(always)]
pub(crate) fn forward_first<V: Vector>(
    x: &mut [Line],
    (rows, filled): (usize, usize),
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
        for (row, copy) in x.chunks_exact(stride).zip(strip.chunks_exact_mut(width)).take(filled * inner) {
            copy.copy_from_slice(&row[column..column + width]);
        }
        let (first, range) = if in_place { (&mut *x, (from, to)) } else { (&mut *strip, (0, inner * width)) };
        remainders(first, (rows, filled), range, field, m);
        for (j, block) in strip.chunks_exact_mut(inner * width).enumerate() {
            let (mut len, mut j) = (block.len(), j);
            while len > width {
                pass4_blocks(block, len, j, field, m);
                (len, j) = (len / 4, 4 * j);
            }
        }
        for (row, copy) in x.chunks_exact_mut(stride).zip(strip.chunks_exact(width)) {
            row[column..column + width].copy_from_slice(copy);
        }
    }
}

#[inline(always)]
fn remainders<V: Vector>(
    x: &mut [V],
    shape: (usize, usize),
    columns: (usize, usize),
    field: &Field,
    m: Modulus<V>,
) {
    match shape {
        _ if V::COMPACT => first(x, shape, columns, field, m),
        // Constants make these straight lines.
        (4, 4) => first(x, (4, 4), columns, field, m),
        (4, _) => first(x, (4, 2), columns, field, m),
        (5, 5) => first(x, (5, 5), columns, field, m),
        (5, _) => first(x, (5, 3), columns, field, m),
        (6, 6) => first(x, (6, 6), columns, field, m),
        (6, _) => first(x, (6, 3), columns, field, m),
        (7, 7) => first(x, (7, 7), columns, field, m),
        (7, _) => first(x, (7, 4), columns, field, m),
        (8, 8) => first(x, (8, 8), columns, field, m),
        (8, _) => first(x, (8, 4), columns, field, m),
        _ => unreachable!("transforms have 4 to 8 rows"),
    }
}

/// The remainders of some columns, of which only the first `filled` terms are looked at.
#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "the index runs over all rows")]
fn first<V: Vector>(
    x: &mut [V],
    (rows, filled): (usize, usize),
    columns: (usize, usize),
    field: &Field,
    m: Modulus<V>,
) {
    let table = field.twiddles;
    let [i, w, iw] = [V::splat(table[1]), V::splat(table[2]), V::splat(table[3])];
    let x = columns_of(x, rows, columns);
    for column in 0..columns.1 - columns.0 {
        let mut a = [V::splat(0.0); 8];
        for r in 0..filled {
            a[r] = x[r][column];
        }
        // Modulo y^4 − 1 and y^4 + 1; terms from `filled` on are never used.
        let mut wrapped = [a[0]; 4];
        let mut negated = [a[0]; 4];
        for r in 0..4 {
            if r < filled {
                (wrapped[r], negated[r]) =
                    if r + 4 < filled { (a[r].add(a[r + 4]), a[r].sub(a[r + 4])) } else { (a[r], a[r]) };
            }
        }
        let low = remainders4(wrapped, filled, i, m);
        for (r, y) in low.into_iter().enumerate() {
            x[r][column] = y;
        }
        if rows > 4 {
            let [mut even, mut odd] = [[negated[0]; 2], [negated[1]; 2]];
            if filled > 2 {
                let t = m.mul(negated[2], i);
                even = [negated[0].add(t), negated[0].sub(t)];
            }
            if filled > 3 {
                let t = m.mul(negated[3], i);
                odd = [negated[1].add(t), negated[1].sub(t)];
            }
            let t = m.mul(odd[0], w);
            x[4][column] = even[0].add(t);
            if rows > 5 {
                x[5][column] = even[0].sub(t);
            }
            if rows > 6 {
                let t = m.mul(odd[1], iw);
                x[6][column] = even[1].add(t);
                if rows > 7 {
                    x[7][column] = even[1].sub(t);
                }
            }
        }
    }
}

/// The remainders at 1, −1, i and −i of four terms up to 1.2 p, or up to 0.6 p when there are no more.
#[inline(always)]
fn remainders4<V: Vector>(a: [V; 4], filled: usize, i: V, m: Modulus<V>) -> [V; 4] {
    let [mut b0, mut b2] = [a[0]; 2];
    if filled > 2 {
        (b0, b2) = (a[0].add(a[2]), a[0].sub(a[2]));
    }
    let [mut b1, mut b3] = [a[1]; 2];
    if filled > 3 {
        (b1, b3) = (a[1].add(a[3]), a[1].sub(a[3]));
    }
    if filled > 4 {
        (b0, b2) = (m.reduce(b0), m.reduce(b2));
    }
    let u = m.mul(b3, i);
    [b0.add(b1), b0.sub(b1), b2.add(u), b2.sub(u)]
}
