//! The Chinese remainder theorem on vectors.
//!
//! With y_k = x_k·c_k modulo p_k, where c_k is the inverse of P/p_k and of what the transform multiplies by, a point
//! is V = Σ y_k·(P/p_k) − q·P, where q = round(Σ y_k/p_k − 1/4) for −P/4 ≤ V ≤ 3P/4. The factors P/p_k are
//! given in balanced digits of base 2^β, and every product of 50 by β bits is split exactly: adding it to
//! 1.5·2^(52 + β) rounds it to a multiple of 2^β, and a second FMA gives what was lost.

use super::super::super::layout::{Layout, MAX_COLUMNS};
use super::super::super::line::Line;
use super::super::super::primes::PRIMES;
use super::{Arithmetic, Modulus, Vector, vectors, vectors_mut};

/// Column d of a point is the bit pattern of a double, minus the layout's bias as an integer; the point is
/// Σ column\[d\]·2^(β·d). The residues are multiplied by `scale`, balanced.
#[inline(always)]
pub(crate) fn combine<M: Arithmetic>(
    columns: &mut [&mut [Line]],
    residues: &[&[Line]],
    layout: &Layout,
    scale: &[f64; PRIMES.len()],
) {
    match residues.len() {
        _ if M::Vector::COMPACT => {
            points::<M::Vector>(columns, residues, (residues.len(), layout.columns), layout, scale)
        }
        // Constants make these straight lines.
        3 => points::<M::Vector>(columns, residues, (3, 5), layout, scale),
        4 => points::<M::Vector>(columns, residues, (4, 5), layout, scale),
        5 => points::<M::Vector>(columns, residues, (5, 7), layout, scale),
        6 => points::<M::Vector>(columns, residues, (6, 7), layout, scale),
        _ => unreachable!("layouts have 3 to 6 primes"),
    }
}

#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "the indices run over several arrays")]
fn points<V: Vector>(
    columns: &mut [&mut [Line]],
    residues: &[&[Line]],
    (primes, width): (usize, usize),
    layout: &Layout,
    scale: &[f64; PRIMES.len()],
) {
    let mut modulus = [Modulus::<V>::new(PRIMES[0] as f64); PRIMES.len()];
    let mut factor = [V::splat(0.0); PRIMES.len()];
    let mut x: [&[V]; PRIMES.len()] = [&[]; PRIMES.len()];
    let len = residues[0].len() * (Line::POINTS / V::LANES);
    for k in 0..primes {
        modulus[k] = Modulus::new(PRIMES[k] as f64);
        factor[k] = modulus[k].reduce(modulus[k].mul(V::splat(layout.inverse[k]), V::splat(scale[k])));
        x[k] = &vectors(residues[k])[..len];
    }
    let (low_bias, high_bias) = (V::splat(Layout::LOW_BIAS), V::splat(layout.high_bias));
    let mut out: [&mut [V]; MAX_COLUMNS] = Default::default();
    for (out, column) in out.iter_mut().zip(&mut columns[..width]) {
        *out = &mut vectors_mut::<V>(column)[..len];
    }
    for i in 0..len {
        let mut y = [V::splat(0.0); PRIMES.len()];
        let mut quotient = V::splat(-0.25);
        for k in 0..primes {
            y[k] = modulus[k].mul(x[k][i], factor[k]);
            quotient = quotient.add(y[k].mul(modulus[k].p_inverse));
        }
        let quotient = quotient.round();
        let mut high = None;
        for d in 0..width {
            let mut low = low_bias.sub(quotient.mul(V::splat(layout.product[d])));
            let mut acc = high_bias;
            if d + 1 < width {
                for k in 0..primes {
                    let (sum, rest) = y[k].accumulate(V::splat(layout.cofactor[k][d]), acc);
                    low = low.add(rest);
                    acc = sum;
                }
            }
            out[d][i] = match high {
                None => low,
                Some(high) => low.add_bits(high),
            };
            high = Some(acc);
        }
    }
}
