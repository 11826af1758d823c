//! From the digits of points to their residues modulo a prime.

use super::super::super::line::Line;
use super::super::Field;
use super::{Modulus, Vector, vectors, vectors_mut};

/// 2^52: a number n < 2^52 is the double with the bits of 2^52 plus n, less 2^52.
pub(crate) const BIAS: f64 = (1u64 << 52) as f64;

/// The points Σ digits[r]·2^(bits·r) modulo p, by Horner's rule; the digits come plus [`BIAS`], low ones first.
/// The results are at most 0.6 p.
#[inline(always)]
pub(crate) fn residues<V: Vector>(out: &mut [Line], digits: &[&[Line]], bits: u32, field: &Field) {
    match digits {
        [low, high] => horner::<V, 2>(out, [low, high], bits, field),
        [low, middle, high] => horner::<V, 3>(out, [low, middle, high], bits, field),
        _ => unreachable!("points have two or three digits"),
    }
}

#[inline(always)]
fn horner<V: Vector, const DIGITS: usize>(
    out: &mut [Line],
    digits: [&[Line]; DIGITS],
    bits: u32,
    field: &Field,
) {
    let m = Modulus::<V>::new(field.p);
    let radix = (1u64 << bits) as f64;
    let (quotient, radix, bias) = (V::splat(radix / field.p), V::splat(radix), V::splat(BIAS));
    let out = vectors_mut::<V>(out);
    let digits = digits.map(|digits| &vectors::<V>(digits)[..out.len()]);
    for (i, out) in out.iter_mut().enumerate() {
        let mut value = digits[DIGITS - 1][i].sub(bias);
        for r in (0..DIGITS - 1).rev() {
            // The product with a power of two is exact.
            let q = value.mul(quotient).round();
            value = q.residue(m.p, value.mul(radix)).add(digits[r][i].sub(bias));
        }
        *out = value;
    }
}
