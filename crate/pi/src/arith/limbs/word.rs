//! A number times a word.

use super::wide::Multiplier;

/// a = a·w + carry; the carry out.
pub(crate) fn mul_word_assign(a: &mut [u64], w: u64, carry: u64) -> u64 {
    let (w, mut carry) = (Multiplier::new(w), carry);
    for x in a {
        (*x, carry) = w.carrying_mul(*x, carry);
    }
    carry
}

/// out += a·w over the length of `a`; the carry out.
pub(crate) fn add_mul_word(out: &mut [u64], a: &[u64], w: u64) -> u64 {
    let out = &mut out[..a.len()];
    let (w, mut carry) = (Multiplier::new(w), 0);
    for (o, &x) in out.iter_mut().zip(a) {
        (*o, carry) = w.carrying_mul_add(x, *o, carry);
    }
    carry
}
