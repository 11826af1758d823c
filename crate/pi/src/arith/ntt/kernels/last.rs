//! The last levels of an inverse transform: [`super::forward_first`] undone.

use super::butterfly::{inverse2, inverse4};
use super::{Arithmetic, Field, MAX_ROWS, rows_mut, twiddles};
use crate::simd::{Line, Vectors};

/// Undoes [`super::forward_first`], times 8 for 8 rows, 4 for fewer.
///
/// The results are doubles, up to 1.5 p.
#[inline(always)]
pub(crate) fn inverse_last<M: Arithmetic>(
    columns: [&mut [Line]; MAX_ROWS],
    rows: usize,
    field: &Field,
    m: M,
) {
    let x = rows_mut::<M>(columns);
    match rows {
        _ if M::Simd::COMPACT => last(x, rows, field, m),
        // Constants make these straight lines.
        4 => last(x, 4, field, m),
        5 => last(x, 5, field, m),
        6 => last(x, 6, field, m),
        7 => last(x, 7, field, m),
        8 => last(x, 8, field, m),
        _ => unreachable!("transforms have 4 to 8 rows"),
    }
}

/// The terms of some columns.
///
/// With v the polynomial modulo y^4 − 1 and q the rest, the polynomial is v + (y^4 − 1)·q. At the roots of
/// y^4 + 1 this is v − 2q, from which q follows; q has rows − 4 terms.
#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "the index runs over all rows")]
fn last<M: Arithmetic>(x: [&mut [M::Vector]; MAX_ROWS], rows: usize, field: &Field, m: M) {
    let i = twiddles::forward1(field, 1, m);
    let (w, iw) = (twiddles::forward1(field, 2, m), twiddles::forward1(field, 3, m));
    let (upper, half) = (twiddles::inverse(field, 1, m), m.half());
    let width = x[0].len();
    for row in &x[..rows] {
        assert_eq!(row.len(), width, "columns of all rows");
    }
    for column in 0..width {
        let mut u = [m.simd().splat(0.0); 8];
        for r in 0..rows {
            u[r] = x[r][column];
        }
        // 4·v
        let mut v = terms4([u[0], u[1], u[2], u[3]], i, m);
        // 4·q, or for eight rows 8·q.
        let mut q = [m.simd().splat(0.0); 4];
        if rows == 8 {
            let negated = inverse4([u[4], u[5], u[6], u[7]], upper, m);
            for r in 0..4 {
                (v[r], q[r]) = (m.reduce(m.add(v[r], negated[r])), m.reduce(m.sub(v[r], negated[r])));
            }
        } else if rows > 4 {
            let (t2, t3) = (m.mul(v[2], i), m.mul(v[3], i));
            // 4·v modulo y² − i, halved.
            let g = [m.mul(m.add(v[0], t2), half), m.mul(m.add(v[1], t3), half)];
            if rows == 5 {
                let value = m.narrow(m.add(g[0], m.mul(g[1], w)));
                q[0] = m.reduce(m.sub(value, m.narrow(m.add(u[4], u[4]))));
            } else {
                // Twice the polynomial modulo y² − i; −1/w = i·w.
                let twice = inverse2([u[4], u[5]], iw, m);
                q[0] = m.reduce(m.sub(g[0], twice[0]));
                q[1] = m.reduce(m.sub(g[1], twice[1]));
            }
            if rows == 7 {
                // q = s + (y² − i)·r, where s is q modulo y² − i: r follows from the value of q at iw.
                let h = [m.mul(m.sub(v[0], t2), half), m.mul(m.sub(v[1], t3), half)];
                let value = m.narrow(m.add(h[0], m.mul(m.sub(h[1], q[1]), iw)));
                let value = m.sub(m.sub(value, m.narrow(m.add(u[6], u[6]))), q[0]);
                // (iw)² − i = −2i, and 1/(−2i) = i/2.
                q[2] = m.mul(m.mul(value, half), i);
                q[0] = m.reduce(m.sub(q[0], m.mul(q[2], i)));
            }
            for r in 0..3 {
                if r + 4 < rows {
                    v[r] = m.reduce(m.sub(v[r], q[r]));
                }
            }
        }
        for r in 0..4 {
            x[r][column] = m.doubles(v[r]);
        }
        for r in 4..rows {
            x[r][column] = m.doubles(q[r - 4]);
        }
    }
}

/// Four times the terms of the polynomial with these values at 1, −1, i and −i.
#[inline(always)]
fn terms4<M: Arithmetic>(c: [M::Vector; 4], i: M::Constant, m: M) -> [M::Vector; 4] {
    let (b0, b1) = (m.narrow(m.add(c[0], c[1])), m.narrow(m.sub(c[0], c[1])));
    // −1/i = i
    let (b2, b3) = (m.narrow(m.add(c[2], c[3])), m.mul(m.sub(c[3], c[2]), i));
    [m.reduce(m.add(b0, b2)), m.reduce(m.add(b1, b3)), m.reduce(m.sub(b0, b2)), m.reduce(m.sub(b1, b3))]
}
