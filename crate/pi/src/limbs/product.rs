//! Products of any sizes.

use super::{add_assign, add_word, basecase, karatsuba};
use crate::context::Context;

/// out = a·b, with `out.len() == a.len() + b.len()`.
pub(crate) fn mul(out: &mut [u64], a: &[u64], b: &[u64], cx: &Context) {
    debug_assert_eq!(out.len(), a.len() + b.len());
    let (a, b) = if a.len() < b.len() { (b, a) } else { (a, b) };
    if b.is_empty() {
        out.fill(0);
    } else if b.len() < karatsuba::MUL_MIN {
        basecase::mul(out, a, b);
    } else {
        by_pieces(out, a, b, cx);
    }
}

/// The longer operand in pieces of the shorter one's length, each by Karatsuba.
fn by_pieces(out: &mut [u64], a: &[u64], b: &[u64], cx: &Context) {
    let n = b.len();
    let mut scratch = vec![0; karatsuba::scratch_len(n) + 2 * n];
    let (product, scratch) = scratch.split_at_mut(2 * n);
    out[..n].fill(0);
    let (pieces, last) = (a.chunks_exact(n), a.chunks_exact(n).remainder());
    let mut at = 0;
    for piece in pieces {
        karatsuba::mul(product, piece, b, scratch);
        add_piece(&mut out[at..at + 2 * n], product, n);
        at += n;
    }
    if !last.is_empty() {
        let product = &mut product[..n + last.len()];
        mul(product, b, last, cx);
        add_piece(&mut out[at..], product, n);
    }
}

/// out[..n] + product, where `out` holds n limbs so far.
fn add_piece(out: &mut [u64], product: &[u64], n: usize) {
    out[n..].copy_from_slice(&product[n..]);
    let (low, high) = out.split_at_mut(n);
    if add_assign(low, &product[..n]) {
        add_word(high, 1);
    }
}

/// out = a², with `out.len() == 2 · a.len()`.
pub(crate) fn square(out: &mut [u64], a: &[u64], _cx: &Context) {
    debug_assert_eq!(out.len(), 2 * a.len());
    let mut scratch =
        vec![0; if a.len() < karatsuba::SQUARE_MIN { 0 } else { karatsuba::scratch_len(a.len()) }];
    karatsuba::square(out, a, &mut scratch);
}
