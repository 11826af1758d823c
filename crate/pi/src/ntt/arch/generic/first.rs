//! The first levels of a transform, on fresh residues: from a polynomial in y of `rows` terms, for every column,
//! to its remainders modulo y − R(0), …, y − R(rows − 1), where R(0), …, R(7) are the eighth roots of unity in
//! bit-reversed order: 1, −1, i, −i, w, −w, iw, −iw. Fewer than eight rows are a truncated transform.

use super::super::super::line::Line;
use super::super::Field;
use super::forward::pass4_blocks;
use super::{MAX_FIRST_ROWS, Modulus, NARROW_STRIP, Vector, vectors_mut};

/// The first levels of a transform of 4 to 8 rows, then those of `inner` rows in each of them, for a range of
/// columns of the inner rows. With `half`, the upper half of the rows, rounded down, is taken to be zero.
///
/// Inputs up to 0.6 p give outputs up to 3 p.
#[inline(always)]
pub(crate) fn forward_first<V: Vector>(
    x: &mut [Line],
    rows: usize,
    inner: usize,
    half: bool,
    field: &Field,
    columns: (usize, usize),
) {
    if V::COMPACT && half {
        clear_upper(x, rows, inner, columns);
    }
    match (rows, half && !V::COMPACT) {
        (4, false) => strips::<V, 4, 4>(x, inner, field, columns),
        (4, true) => strips::<V, 4, 2>(x, inner, field, columns),
        (5, false) => strips::<V, 5, 5>(x, inner, field, columns),
        (5, true) => strips::<V, 5, 3>(x, inner, field, columns),
        (6, false) => strips::<V, 6, 6>(x, inner, field, columns),
        (6, true) => strips::<V, 6, 3>(x, inner, field, columns),
        (7, false) => strips::<V, 7, 7>(x, inner, field, columns),
        (7, true) => strips::<V, 7, 4>(x, inner, field, columns),
        (8, false) => strips::<V, 8, 8>(x, inner, field, columns),
        (8, true) => strips::<V, 8, 4>(x, inner, field, columns),
        _ => unreachable!("transforms have 4 to 8 rows"),
    }
}

/// Writes the zeros that the upper half of the rows is taken to be.
fn clear_upper(x: &mut [Line], rows: usize, inner: usize, columns: (usize, usize)) {
    let stride = x.len() / (rows * inner);
    for row in x.chunks_exact_mut(stride).skip(rows.div_ceil(2) * inner) {
        row[columns.0 / Line::POINTS..columns.1 / Line::POINTS].fill(Line::default());
    }
}

#[inline(always)]
fn strips<V: Vector, const ROWS: usize, const FILLED: usize>(
    x: &mut [Line],
    inner: usize,
    field: &Field,
    columns: (usize, usize),
) {
    let m = Modulus::<V>::new(field.p);
    let x = vectors_mut::<V>(x);
    let (from, to) = (columns.0 / V::LANES, columns.1 / V::LANES);
    if inner == 1 && !V::COMPACT {
        first::<V, ROWS, FILLED>(x, (from, to), field, m);
        return;
    }
    let width = NARROW_STRIP / V::LANES;
    let stride = x.len() / (ROWS * inner);
    let mut buffer = [V::splat(0.0); MAX_FIRST_ROWS * NARROW_STRIP / 4];
    let buffer = &mut buffer[..ROWS * inner * width];
    for column in (from..to).step_by(width) {
        let filled = FILLED * inner;
        for (row, copy) in x.chunks_exact(stride).zip(buffer.chunks_exact_mut(width)).take(filled) {
            copy.copy_from_slice(&row[column..column + width]);
        }
        first::<V, ROWS, FILLED>(buffer, (0, inner * width), field, m);
        for (j, block) in buffer.chunks_exact_mut(inner * width).enumerate() {
            let (mut len, mut j) = (block.len(), j);
            while len > width {
                pass4_blocks(block, len, j, field, m);
                (len, j) = (len / 4, 4 * j);
            }
        }
        for (row, copy) in x.chunks_exact_mut(stride).zip(buffer.chunks_exact(width)) {
            row[column..column + width].copy_from_slice(copy);
        }
    }
}

/// The remainders of the columns `from..to`, of which only the first `FILLED` terms are looked at.
#[inline(always)]
fn first<V: Vector, const ROWS: usize, const FILLED: usize>(
    x: &mut [V],
    (from, to): (usize, usize),
    field: &Field,
    m: Modulus<V>,
) {
    let table = field.twiddles;
    let [i, w, iw] = [V::splat(table[1]), V::splat(table[2]), V::splat(table[3])];
    let stride = x.len() / ROWS;
    for column in from..to {
        let mut a = [V::splat(0.0); FILLED];
        for (r, a) in a.iter_mut().enumerate() {
            *a = x[r * stride + column];
        }
        // Modulo y^4 − 1 and y^4 + 1; terms from FILLED on are never used.
        let mut wrapped = [a[0]; 4];
        let mut negated = [a[0]; 4];
        for r in 0..FILLED.min(4) {
            (wrapped[r], negated[r]) =
                if r + 4 < FILLED { (a[r].add(a[r + 4]), a[r].sub(a[r + 4])) } else { (a[r], a[r]) };
        }
        let low = remainders4::<V, FILLED>(wrapped, i, m);
        for (r, y) in low.into_iter().enumerate() {
            x[r * stride + column] = y;
        }
        if ROWS > 4 {
            let [mut even, mut odd] = [[negated[0]; 2], [negated[1]; 2]];
            if FILLED > 2 {
                let t = m.mul(negated[2], i);
                even = [negated[0].add(t), negated[0].sub(t)];
            }
            if FILLED > 3 {
                let t = m.mul(negated[3], i);
                odd = [negated[1].add(t), negated[1].sub(t)];
            }
            let t = m.mul(odd[0], w);
            x[4 * stride + column] = even[0].add(t);
            if ROWS > 5 {
                x[5 * stride + column] = even[0].sub(t);
            }
            if ROWS > 6 {
                let t = m.mul(odd[1], iw);
                x[6 * stride + column] = even[1].add(t);
                if ROWS > 7 {
                    x[7 * stride + column] = even[1].sub(t);
                }
            }
        }
    }
}

/// The remainders at 1, −1, i and −i of four terms up to 1.2 p, or up to 0.6 p when there are no more.
#[inline(always)]
fn remainders4<V: Vector, const FILLED: usize>(a: [V; 4], i: V, m: Modulus<V>) -> [V; 4] {
    let [mut b0, mut b2] = [a[0]; 2];
    if FILLED > 2 {
        (b0, b2) = (a[0].add(a[2]), a[0].sub(a[2]));
    }
    let [mut b1, mut b3] = [a[1]; 2];
    if FILLED > 3 {
        (b1, b3) = (a[1].add(a[3]), a[1].sub(a[3]));
    }
    if FILLED > 4 {
        (b0, b2) = (m.reduce(b0), m.reduce(b2));
    }
    let u = m.mul(b3, i);
    [b0.add(b1), b0.sub(b1), b2.add(u), b2.sub(u)]
}
