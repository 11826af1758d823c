//! Products of any sizes.

use super::{add_assign, add_word, basecase, karatsuba};
use crate::arith::ntt;
use crate::run::Context;
use crate::run::allocation::zeros;
#[cfg(test)]
use crate::run::fault;

/// From this many limbs of the shorter operand on, a transform is quicker than Karatsuba.
pub(super) const NTT_MUL_MIN: usize = 90;
/// The same for squares.
pub(super) const NTT_SQUARE_MIN: usize = 110;

/// Working memory of [`mul`] for a shorter operand of `n` limbs, where it is by Karatsuba's method.
pub(crate) fn mul_scratch_bytes(n: usize) -> usize {
    if (karatsuba::MUL_MIN..NTT_MUL_MIN).contains(&n) { 8 * karatsuba::scratch_len(n) } else { 0 }
}

/// out = a·b, with `out.len() == a.len() + b.len()`.
pub(crate) fn mul(out: &mut [u64], a: &[u64], b: &[u64], cx: &Context) {
    debug_assert_eq!(out.len(), a.len() + b.len());
    let (a, b) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let n = b.len();
    if n == 0 {
        out.fill(0);
    } else if n < karatsuba::MUL_MIN {
        basecase::mul(out, a, b);
    } else if n < NTT_MUL_MIN {
        let mut scratch = zeros(karatsuba::scratch_len(n));
        by_pieces(out, a, b, n, cx, |out, a, b| karatsuba::mul(out, a, b, &mut scratch));
    } else if a.len() < 3 * n {
        ntt::multiply(out, a, b, cx);
    } else {
        by_pieces(out, a, b, 2 * n, cx, |out, a, b| ntt::multiply(out, a, b, cx));
    }
    #[cfg(test)]
    fault::strike(fault::Site::Product, out);
}

/// The longer operand in pieces of `len` limbs, each by `multiply`.
fn by_pieces(
    out: &mut [u64],
    a: &[u64],
    b: &[u64],
    len: usize,
    cx: &Context,
    mut multiply: impl FnMut(&mut [u64], &[u64], &[u64]),
) {
    let n = b.len();
    let mut product = zeros(len + n);
    let (first, rest) = a.split_at(len);
    multiply(&mut out[..len + n], first, b);
    for (i, piece) in rest.chunks(len).enumerate() {
        let product = &mut product[..piece.len() + n];
        if piece.len() == len {
            multiply(product, piece, b);
        } else {
            mul(product, piece, b, cx);
        }
        // The pieces so far end n limbs into this one.
        let out = &mut out[(i + 1) * len..][..piece.len() + n];
        out[n..].copy_from_slice(&product[n..]);
        let (low, high) = out.split_at_mut(n);
        if add_assign(low, &product[..n]) {
            add_word(high, 1);
        }
    }
}

/// out = a², with `out.len() == 2 · a.len()`.
pub(crate) fn square(out: &mut [u64], a: &[u64], cx: &Context) {
    debug_assert_eq!(out.len(), 2 * a.len());
    let n = a.len();
    if n >= NTT_SQUARE_MIN {
        ntt::square(out, a, cx);
    } else {
        let mut scratch = zeros(if n < karatsuba::SQUARE_MIN { 0 } else { karatsuba::scratch_len(n) });
        karatsuba::square(out, a, &mut scratch);
    }
    #[cfg(test)]
    fault::strike(fault::Site::Product, out);
}
