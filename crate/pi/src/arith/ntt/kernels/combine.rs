//! The Chinese remainder theorem on vectors.
//!
//! With y_k = x_k·c_k modulo p_k, where c_k is the inverse of P/p_k and of what the transform multiplies by, a coefficient
//! is V = Σ y_k·(P/p_k) − q·P, where q = round(Σ y_k/p_k − 1/4) for −P/4 ≤ V ≤ 3P/4. The factors P/p_k are
//! given in balanced digits of base 2^β, and every product of 50 by β bits is split exactly: adding it to
//! 1.5·2^(52 + β) rounds it to a multiple of 2^β, and a second FMA gives what was lost. Those of short primes are
//! small enough to be added up as they are.

use super::{Arithmetic, Modulus};
use crate::arith::ntt::layout::{Layout, MAX_COEFFICIENT_DIGITS, MAX_COLUMNS};
use crate::arith::ntt::primes::{PRIMES, SHORT};
use crate::simd::{Line, Vectors, vectors, vectors_mut};

/// The sums of what coefficients have at the same place: column d of one, the bit pattern of a double less the layout's
/// bias as an integer, counts 2^(β·d), and a coefficient has as many places as there are sums.
///
/// The residues are multiplied by `scale`, balanced. The columns of the line before are in `before`, and then those of
/// the last one.
#[inline(always)]
pub(crate) fn combine<S: Vectors>(
    sums: &mut [&mut [Line]],
    before: &mut [Line; MAX_COLUMNS],
    residues: &[&[Line]],
    layout: &Layout,
    scale: &[f64; PRIMES.len()],
    simd: S,
) {
    let shape = match residues.len() {
        _ if S::COMPACT => (residues.len(), layout.columns, layout.digits),
        // Constants make these straight lines.
        3 => return points(sums, before, residues, (3, 5, 2), layout, scale, simd),
        4 => return points(sums, before, residues, (4, 5, 2), layout, scale, simd),
        5 => return points(sums, before, residues, (5, 7, 3), layout, scale, simd),
        6 => return points(sums, before, residues, (6, 7, 3), layout, scale, simd),
        7 if SHORT => return points(sums, before, residues, (7, 8, 3), layout, scale, simd),
        _ => unreachable!("layouts have 3 to 6 primes, or 7 short ones"),
    };
    points(sums, before, residues, shape, layout, scale, simd);
}

#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "the indices run over several arrays")]
fn points<S: Vectors>(
    sums: &mut [&mut [Line]],
    before: &mut [Line; MAX_COLUMNS],
    residues: &[&[Line]],
    (primes, width, digits): (usize, usize, usize),
    layout: &Layout,
    scale: &[f64; PRIMES.len()],
    simd: S,
) {
    let mut modulus = [Modulus::new(PRIMES[0] as f64, simd); PRIMES.len()];
    let mut factor = [simd.splat(0.0); PRIMES.len()];
    let mut x: [&[S::Vector]; PRIMES.len()] = [&[]; PRIMES.len()];
    let len = residues[0].len() * (Line::POINTS / S::LANES);
    for k in 0..primes {
        modulus[k] = Modulus::new(PRIMES[k] as f64, simd);
        factor[k] = modulus[k].reduce(modulus[k].mul(simd.splat(layout.inverse[k]), simd.splat(scale[k])));
        x[k] = &vectors::<S>(residues[k])[..len];
    }
    let (low_bias, high_bias) = (simd.splat(Layout::LOW_BIAS), simd.splat(layout.high_bias));
    let mut out: [&mut [S::Vector]; MAX_COEFFICIENT_DIGITS] = Default::default();
    for (out, sums) in out.iter_mut().zip(&mut sums[..digits]) {
        *out = &mut vectors_mut::<S>(sums)[..len];
    }
    let last = Line::POINTS / S::LANES - 1;
    let mut columns: [S::Vector; MAX_COLUMNS] = std::array::from_fn(|d| vectors::<S>(&before[d..=d])[last]);
    for i in 0..len {
        let mut y = [simd.splat(0.0); PRIMES.len()];
        let mut quotient = simd.splat(-0.25);
        for k in 0..primes {
            y[k] = modulus[k].mul(x[k][i], factor[k]);
            quotient = simd.add(quotient, simd.mul(y[k], modulus[k].p_inverse));
        }
        let quotient = simd.round(quotient);
        let mut high = None;
        for d in 0..width {
            let mut low = simd.sub(low_bias, simd.mul(quotient, simd.splat(layout.product[d])));
            let mut acc = high_bias;
            if d + 1 < width {
                for k in 0..primes {
                    if SHORT {
                        // The products are doubles, and their sum is.
                        low = simd.add(low, simd.mul(y[k], simd.splat(layout.cofactor[k][d])));
                        continue;
                    }
                    let (sum, rest) = simd.accumulate(y[k], simd.splat(layout.cofactor[k][d]), acc);
                    low = simd.add(low, rest);
                    acc = sum;
                }
            }
            let column = match high {
                None => low,
                Some(high) => simd.add_bits(low, high),
            };
            high = Some(acc);
            let back = d / digits;
            let (sum, term) = (&mut out[d % digits][i], simd.after(column, columns[d], back));
            *sum = if back == 0 { column } else { simd.add_bits(*sum, term) };
            columns[d] = column;
        }
    }
    for (before, column) in before.iter_mut().zip(columns) {
        vectors_mut::<S>(std::slice::from_mut(before))[last] = column;
    }
}
