//! The first levels of a transform, on fresh residues: from a polynomial in y of `rows` terms, for every column,
//! to its remainders modulo y − R(0), …, y − R(rows − 1), where R(0), …, R(7) are the eighth roots of unity in
//! bit-reversed order: 1, −1, i, −i, w, −w, iw, −iw. Fewer than eight rows are a truncated transform.

use super::{Arithmetic, Field, MAX_ROWS, rows_mut, twiddles};
use crate::simd::{Line, Vectors};

/// The first levels of a transform of 4 to 8 rows, of some columns. Rows from `filled` on, all or the upper half, rounded
/// down, are taken to be zero.
///
/// In doubles inputs up to 0.6 p give outputs up to 3 p.
#[inline(always)]
pub(crate) fn forward_first<M: Arithmetic>(
    columns: [&mut [Line]; MAX_ROWS],
    shape: (usize, usize),
    field: &Field,
    m: M,
) {
    let x = rows_mut::<M>(columns);
    match shape {
        _ if M::Simd::COMPACT => first(x, shape, field, m),
        // Constants make these straight lines.
        (4, 4) => first(x, (4, 4), field, m),
        (4, _) => first(x, (4, 2), field, m),
        (5, 5) => first(x, (5, 5), field, m),
        (5, _) => first(x, (5, 3), field, m),
        (6, 6) => first(x, (6, 6), field, m),
        (6, _) => first(x, (6, 3), field, m),
        (7, 7) => first(x, (7, 7), field, m),
        (7, _) => first(x, (7, 4), field, m),
        (8, 8) => first(x, (8, 8), field, m),
        (8, _) => first(x, (8, 4), field, m),
        _ => unreachable!("transforms have 4 to 8 rows"),
    }
}

/// The remainders of some columns, of which only the first `filled` terms are looked at.
#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "the index runs over all rows")]
fn first<M: Arithmetic>(
    x: [&mut [M::Vector]; MAX_ROWS],
    (rows, filled): (usize, usize),
    field: &Field,
    m: M,
) {
    let i = twiddles::forward1(field, 1, m);
    let (w, iw) = (twiddles::forward1(field, 2, m), twiddles::forward1(field, 3, m));
    let width = x[0].len();
    for row in &x[..rows] {
        assert_eq!(row.len(), width, "columns of all rows");
    }
    for column in 0..width {
        let mut a = [m.simd().splat(0.0); 8];
        for r in 0..filled {
            a[r] = x[r][column];
        }
        // Modulo y^4 − 1 and y^4 + 1; terms from `filled` on are never used.
        let mut wrapped = [a[0]; 4];
        let mut negated = [a[0]; 4];
        for r in 0..4 {
            if r < filled {
                (wrapped[r], negated[r]) = if r + 4 < filled {
                    (m.narrow(m.add(a[r], a[r + 4])), m.sub(a[r], a[r + 4]))
                } else {
                    (a[r], a[r])
                };
            }
        }
        let low = remainders4(wrapped, filled, i, m);
        for (r, y) in low.into_iter().enumerate() {
            x[r][column] = y;
        }
        if rows > 4 {
            let [mut even, mut odd] = [[m.narrow(negated[0]); 2], [m.narrow(negated[1]); 2]];
            if filled > 2 {
                let t = m.mul(negated[2], i);
                even = [m.add(even[0], t), m.sub(even[0], t)];
            }
            if filled > 3 {
                let t = m.mul(negated[3], i);
                odd = [m.add(odd[0], t), m.sub(odd[0], t)];
            }
            let t = m.mul(odd[0], w);
            x[4][column] = m.add(even[0], t);
            if rows > 5 {
                x[5][column] = m.sub(even[0], t);
            }
            if rows > 6 {
                let t = m.mul(odd[1], iw);
                x[6][column] = m.add(even[1], t);
                if rows > 7 {
                    x[7][column] = m.sub(even[1], t);
                }
            }
        }
    }
}

/// The remainders at 1, −1, i and −i of four terms; when there are no more, these are fresh.
#[inline(always)]
fn remainders4<M: Arithmetic>(a: [M::Vector; 4], filled: usize, i: M::Constant, m: M) -> [M::Vector; 4] {
    let [mut b0, mut b2] = [a[0]; 2];
    if filled > 2 {
        (b0, b2) = (m.add(a[0], a[2]), m.sub(a[0], a[2]));
    }
    let [mut b1, mut b3] = [a[1]; 2];
    if filled > 3 {
        (b1, b3) = (m.add(a[1], a[3]), m.sub(a[1], a[3]));
    }
    (b0, b2) = if filled > 4 { (m.reduce(b0), m.reduce(b2)) } else { (m.narrow(b0), m.narrow(b2)) };
    b1 = m.narrow(b1);
    let u = m.mul(b3, i);
    [m.add(b0, b1), m.sub(b0, b1), m.add(b2, u), m.sub(b2, u)]
}
