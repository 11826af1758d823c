//! The Chinese remainder theorem on vectors.
//!
//! With y_k = x_k·c_k modulo p_k, where c_k holds the inverse of P/p_k and of the transform's length, a point
//! is V = Σ y_k·(P/p_k) − q·P, where q = round(Σ y_k/p_k − 1/4) for −P/4 ≤ V ≤ 3P/4. The factors P/p_k are
//! given in balanced digits of base 2^β, and every product of 50 by β bits is split exactly: adding it to
//! 1.5·2^(52 + β) rounds it to a multiple of 2^β, and a second FMA gives what was lost.

use super::super::super::layout::{Layout, MAX_COLUMNS};
use super::super::super::line::Line;
use super::super::super::primes::PRIMES;
use super::{Modulus, Vector, vectors, vectors_mut};

/// Column d of a point is the bit pattern of a double, minus the layout's bias as an integer; the point is
/// Σ column\[d\]·2^(β·d).
#[inline(always)]
pub(crate) fn combine<V: Vector>(
    columns: &mut [&mut [Line]],
    residues: &[&[Line]],
    layout: &Layout,
    log_scale: u32,
) {
    match residues.len() {
        3 => points::<V, 3, 4>(columns, residues, layout, log_scale),
        4 => points::<V, 4, 4>(columns, residues, layout, log_scale),
        5 => points::<V, 5, 6>(columns, residues, layout, log_scale),
        6 => points::<V, 6, 6>(columns, residues, layout, log_scale),
        _ => unreachable!("layouts have 3 to 6 primes"),
    }
}

#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "the indices run over several arrays")]
fn points<V: Vector, const PRIMES_USED: usize, const DIGITS: usize>(
    columns: &mut [&mut [Line]],
    residues: &[&[Line]],
    layout: &Layout,
    log_scale: u32,
) {
    let mut modulus = [Modulus::<V>::new(PRIMES[0] as f64); PRIMES_USED];
    let mut scale = [V::splat(0.0); PRIMES_USED];
    for k in 0..PRIMES_USED {
        modulus[k] = Modulus::new(PRIMES[k] as f64);
        scale[k] = V::splat(layout.scale[k][log_scale as usize]);
    }
    let residues: [&[V]; PRIMES_USED] = std::array::from_fn(|k| vectors(residues[k]));
    let len = residues[0].len();
    let residues = residues.map(|x| &x[..len]);
    let (low_bias, high_bias) = (V::splat(Layout::LOW_BIAS), V::splat(layout.high_bias));
    let mut columns = columns.iter_mut().map(|column| &mut vectors_mut::<V>(column)[..len]);
    let columns: [&mut [V]; MAX_COLUMNS] =
        std::array::from_fn(|d| if d <= DIGITS { columns.next().expect("a column") } else { &mut [] });
    for i in 0..len {
        let mut y = [V::splat(0.0); PRIMES_USED];
        let mut quotient = V::splat(-0.25);
        for k in 0..PRIMES_USED {
            y[k] = modulus[k].mul(residues[k][i], scale[k]);
            quotient = quotient.add(y[k].mul(modulus[k].p_inverse));
        }
        let quotient = quotient.round();
        let mut high = None;
        for d in 0..=DIGITS {
            let mut low = low_bias.sub(quotient.mul(V::splat(layout.product[d])));
            let mut acc = high_bias;
            if d < DIGITS {
                for k in 0..PRIMES_USED {
                    let (sum, rest) = y[k].accumulate(V::splat(layout.cofactor[k][d]), acc);
                    low = low.add(rest);
                    acc = sum;
                }
            }
            columns[d][i] = match high {
                None => low,
                Some(high) => low.add_bits(high),
            };
            high = Some(acc);
        }
    }
}
