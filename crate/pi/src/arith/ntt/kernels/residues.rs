//! From limbs to residues of coefficients modulo a prime.

use super::{Arithmetic, points_mut};
use crate::arith::ntt::layout::Layout;
use crate::arith::ntt::primes::SHORT;
use crate::simd::{Line, Vectors};

/// The coefficients Σ digit\[r\]·2^(β·r) modulo p, by Horner's rule, as many as `out` has room for.
///
/// In doubles the results are at most 0.6 p. [`crate::simd::WINDOW_MARGIN`] limbs more are there than the coefficients have bits in.
#[inline(always)]
pub(crate) fn residues<M: Arithmetic>(out: &mut [Line], limbs: &[u64], layout: &Layout, m: M) {
    match layout.digits {
        // Two numbers of up to 48 and 27 bits, or one, whatever the digits.
        _ if SHORT => wide(out, limbs, layout.bits(), m),
        2 => horner::<M, 2>(out, limbs, layout.digit_bits, m),
        _ => horner::<M, 3>(out, limbs, layout.digit_bits, m),
    }
}

/// Bits of the lower number of a coefficient.
const LOW_BITS: u32 = 48;

/// Coefficients of so many bits in two numbers: the product of the upper one with 2^48 modulo p is a double.
#[inline(always)]
fn wide<M: Arithmetic>(out: &mut [Line], limbs: &[u64], bits: usize, m: M) {
    let simd = m.simd();
    let shift = m.shift(LOW_BITS);
    let low_bits = LOW_BITS.min(bits as u32);
    let high_bits = bits as u32 - low_bits;
    let vectors = Line::POINTS / M::Simd::LANES;
    let mut windows = [[simd.window(0, bits, low_bits); 2]; 2];
    for (v, windows) in windows[..vectors].iter_mut().enumerate() {
        let at = v * M::Simd::LANES * bits;
        *windows = [simd.window(at, bits, low_bits), simd.window(at + low_bits as usize, bits, high_bits)];
    }
    for (line, out) in points_mut::<M>(out).chunks_exact_mut(vectors).enumerate() {
        for (out, [low, high]) in out.iter_mut().zip(&windows) {
            let low = m.digits(simd.digits(limbs, line * bits, low));
            *out = if high_bits == 0 {
                m.reduce(low)
            } else {
                m.horner(m.digits(simd.digits(limbs, line * bits, high)), shift, low)
            };
        }
    }
}

#[inline(always)]
fn horner<M: Arithmetic, const DIGITS: usize>(out: &mut [Line], limbs: &[u64], bits: u32, m: M) {
    let simd = m.simd();
    let shift = m.shift(bits);
    let (digit, step) = (bits as usize, bits as usize * DIGITS);
    // A line begins with a byte: its numbers lie as those of the first one do.
    let vectors = Line::POINTS / M::Simd::LANES;
    let mut windows = [[simd.window(0, step, bits); DIGITS]; 2];
    for (v, windows) in windows[..vectors].iter_mut().enumerate() {
        for (r, window) in windows.iter_mut().enumerate() {
            *window = simd.window(v * M::Simd::LANES * step + r * digit, step, bits);
        }
    }
    for (line, out) in points_mut::<M>(out).chunks_exact_mut(vectors).enumerate() {
        for (out, windows) in out.iter_mut().zip(&windows) {
            let mut value = m.digits(simd.digits(limbs, line * step, &windows[DIGITS - 1]));
            for r in (0..DIGITS - 1).rev() {
                let next = m.digits(simd.digits(limbs, line * step, &windows[r]));
                value = m.horner(value, shift, next);
            }
            *out = value;
        }
    }
}
