//! The Chinese remainder theorem on vectors.
//!
//! With y_k = x_k·c_k modulo p_k, where c_k is the inverse of P/p_k and of what the transform multiplies by, a point
//! is V = Σ y_k·(P/p_k) − q·P, where q = round(Σ y_k/p_k − 1/4) for −P/4 ≤ V ≤ 3P/4. The factors P/p_k are
//! given in balanced digits of base 2^β, and every product of 50 by β bits is split exactly: adding it to
//! 1.5·2^(52 + β) rounds it to a multiple of 2^β, and a second FMA gives what was lost.

use super::{Arithmetic, Modulus, vectors, vectors_mut};
use crate::arith::ntt::layout::{Layout, MAX_COLUMNS, MAX_DIGITS};
use crate::arith::ntt::primes::PRIMES;
use crate::simd::{Line, Vector};

/// The sums of what points have at the same place: column d of a point, the bit pattern of a double less the layout's
/// bias as an integer, counts 2^(β·d), and a point as many places as there are sums.
///
/// The residues are multiplied by `scale`, balanced. The columns of the line before are in `before`, and then those of
/// the last one.
#[inline(always)]
pub(crate) fn combine<M: Arithmetic>(
    sums: &mut [&mut [Line]],
    before: &mut [Line; MAX_COLUMNS],
    residues: &[&[Line]],
    layout: &Layout,
    scale: &[f64; PRIMES.len()],
) {
    let shape = match residues.len() {
        _ if M::Vector::COMPACT => (residues.len(), layout.columns, layout.digits),
        // Constants make these straight lines.
        3 => return points::<M::Vector>(sums, before, residues, (3, 5, 2), layout, scale),
        4 => return points::<M::Vector>(sums, before, residues, (4, 5, 2), layout, scale),
        5 => return points::<M::Vector>(sums, before, residues, (5, 7, 3), layout, scale),
        6 => return points::<M::Vector>(sums, before, residues, (6, 7, 3), layout, scale),
        _ => unreachable!("layouts have 3 to 6 primes"),
    };
    points::<M::Vector>(sums, before, residues, shape, layout, scale);
}

#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "the indices run over several arrays")]
fn points<V: Vector>(
    sums: &mut [&mut [Line]],
    before: &mut [Line; MAX_COLUMNS],
    residues: &[&[Line]],
    (primes, width, digits): (usize, usize, usize),
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
    let mut out: [&mut [V]; MAX_DIGITS] = Default::default();
    for (out, sums) in out.iter_mut().zip(&mut sums[..digits]) {
        *out = &mut vectors_mut::<V>(sums)[..len];
    }
    let last = Line::POINTS / V::LANES - 1;
    let mut columns: [V; MAX_COLUMNS] = std::array::from_fn(|d| vectors(&before[d..=d])[last]);
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
            let column = match high {
                None => low,
                Some(high) => low.add_bits(high),
            };
            high = Some(acc);
            let back = d / digits;
            let (sum, term) = (&mut out[d % digits][i], column.after(columns[d], back));
            *sum = if back == 0 { column } else { sum.add_bits(term) };
            columns[d] = column;
        }
    }
    for (before, column) in before.iter_mut().zip(columns) {
        vectors_mut(std::slice::from_mut(before))[last] = column;
    }
}
