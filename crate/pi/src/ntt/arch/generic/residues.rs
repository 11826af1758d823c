//! From limbs to residues of points modulo a prime.

use super::super::super::layout::Layout;
use super::super::super::line::Line;
use super::super::Field;
use super::{EXPONENT, Modulus, Vector, vectors_mut};

/// The points Σ digit\[r\]·2^(β·r) modulo p, by Horner's rule, of as many points as `out` has room for.
///
/// The results are at most 0.6 p. One limb more is read than the points have bits in.
#[inline(always)]
pub(crate) fn residues<V: Vector>(out: &mut [Line], limbs: &[u64], layout: &Layout, field: &Field) {
    match layout.digits {
        2 => horner::<V, 2>(out, limbs, layout.digit_bits, field),
        _ => horner::<V, 3>(out, limbs, layout.digit_bits, field),
    }
}

#[inline(always)]
fn horner<V: Vector, const DIGITS: usize>(out: &mut [Line], limbs: &[u64], bits: u32, field: &Field) {
    let m = Modulus::<V>::new(field.p);
    let radix = (1u64 << bits) as f64;
    let (quotient, radix) = (V::splat(radix / field.p), V::splat(radix));
    let bias = V::splat(f64::from_bits(EXPONENT));
    let (digit, step) = (bits as usize, bits as usize * DIGITS);
    let mut at = 0;
    for out in vectors_mut::<V>(out) {
        let mut value = V::digits(limbs, at + digit * (DIGITS - 1), step, bits).sub(bias);
        for r in (0..DIGITS - 1).rev() {
            // The product with a power of two is exact.
            let q = value.mul(quotient).round();
            let next = V::digits(limbs, at + digit * r, step, bits).sub(bias);
            value = q.residue(m.p, value.mul(radix)).add(next);
        }
        *out = value;
        at += step * V::LANES;
    }
}
