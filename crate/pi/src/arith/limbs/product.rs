//! Products of any sizes.

use super::columns::{self, MAX_LIMBS};
use super::karatsuba::{self, Base};
use super::{Sizes, add_assign, add_word, basecase};
use crate::arith::ntt;
use crate::run::Context;
use crate::run::allocation::zeros;
#[cfg(test)]
use crate::run::fault;
use crate::simd::Detected;

/// Working memory of [`mul`] for a shorter operand of `n` limbs, where it is by Karatsuba's method.
pub(crate) fn mul_scratch_bytes(n: usize, simd: Detected) -> usize {
    let sizes = Sizes::of(simd);
    let scratch = 8 * karatsuba::scratch_len(n);
    match n {
        _ if (sizes.karatsuba..sizes.transform).contains(&n) => scratch,
        _ if !ntt::fits(2 * n) => {
            // A piece of the product, which is added to the others, and a transform.
            16 * n + scratch + ntt::Plan::for_product(ntt::MAX_LIMBS, 1).bytes(1, 1, 1)
        }
        _ => 0,
    }
}

/// out = a·b, with `out.len() == a.len() + b.len()`.
pub(crate) fn mul(out: &mut [u64], a: &[u64], b: &[u64], cx: &Context) {
    debug_assert_eq!(out.len(), a.len() + b.len());
    let (a, b) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let n = b.len();
    let sizes = Sizes::of(cx.simd);
    if n == 0 {
        out.fill(0);
    } else if n < sizes.columns.min(sizes.karatsuba) {
        basecase::mul(out, a, b);
    } else if n < sizes.karatsuba && a.len() <= MAX_LIMBS {
        columns::products(out, &[[a, b]], cx.simd);
    } else if n < sizes.karatsuba {
        by_pieces(out, a, b, MAX_LIMBS, cx, |out, a, b| columns::products(out, &[[a, b]], cx.simd));
    } else if n < sizes.transform {
        let mut scratch = zeros(karatsuba::scratch_len(n));
        by_pieces(out, a, b, n, cx, |out, a, b| by_karatsuba(out, a, b, &mut scratch, cx));
    } else if a.len() < 3 * n && ntt::fits(out.len()) {
        ntt::multiply(out, a, b, cx);
    } else if ntt::fits(3 * n) {
        by_pieces(out, a, b, 2 * n, cx, |out, a, b| ntt::multiply(out, a, b, cx));
    } else {
        let mut scratch = zeros(karatsuba::scratch_len(n));
        let product = |out: &mut [u64], a: &[u64], b: &[u64]| ntt::multiply(out, a, b, cx);
        let base = Base { below: ntt::MAX_LIMBS / 2, product };
        by_pieces(out, a, b, n, cx, |out, a, b| karatsuba::mul(out, a, b, &mut scratch, &base));
    }
    #[cfg(test)]
    fault::strike(fault::Site::Product, out);
}

/// out = the sum of two products, which is shorter than `out`.
pub(crate) fn mul_sum(out: &mut [u64], products: [[&[u64]; 2]; 2], cx: &Context) {
    let products = products.map(|[a, b]| if a.len() < b.len() { [b, a] } else { [a, b] });
    let sizes = Sizes::of(cx.simd);
    if products
        .iter()
        .all(|[a, b]| (sizes.columns..sizes.karatsuba).contains(&b.len()) && a.len() <= MAX_LIMBS)
    {
        columns::products(out, &products, cx.simd);
        #[cfg(test)]
        fault::strike(fault::Site::Product, out);
        return;
    }
    let [[a, b], [c, d]] = products;
    let mut second = zeros(c.len() + d.len());
    mul(&mut second, c, d, cx);
    let (first, rest) = out.split_at_mut(a.len() + b.len());
    mul(first, a, b, cx);
    rest.fill(0);
    let second = &second[..super::significant(&second)];
    let carry = add_assign(out, second);
    debug_assert!(!carry);
}

fn by_karatsuba(out: &mut [u64], a: &[u64], b: &[u64], scratch: &mut [u64], cx: &Context) {
    let sizes = Sizes::of(cx.simd);
    if sizes.columns < sizes.karatsuba {
        let product = |out: &mut [u64], a: &[u64], b: &[u64]| columns::products(out, &[[a, b]], cx.simd);
        karatsuba::mul(out, a, b, scratch, &Base { below: sizes.karatsuba, product });
    } else {
        karatsuba::mul(out, a, b, scratch, &Base { below: sizes.karatsuba, product: basecase::mul });
    }
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
    let (first, rest) = a.split_at(len);
    let mut product = zeros(if rest.is_empty() { 0 } else { len + n });
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
    let sizes = Sizes::of(cx.simd);
    if n < sizes.square_columns.min(sizes.square_karatsuba) {
        basecase::square(out, a);
    } else if n < sizes.square_karatsuba {
        columns::products(out, &[[a, a]], cx.simd);
    } else if n < sizes.square_transform {
        let mut scratch = zeros(karatsuba::scratch_len(n));
        if sizes.square_columns < sizes.square_karatsuba {
            let product = |out: &mut [u64], a: &[u64]| columns::products(out, &[[a, a]], cx.simd);
            karatsuba::square(out, a, &mut scratch, &Base { below: sizes.square_karatsuba, product });
        } else {
            let base = Base { below: sizes.square_karatsuba, product: basecase::square };
            karatsuba::square(out, a, &mut scratch, &base);
        }
    } else if ntt::fits(out.len()) {
        ntt::square(out, a, cx);
    } else {
        let mut scratch = zeros(karatsuba::scratch_len(n));
        let product = |out: &mut [u64], a: &[u64]| ntt::square(out, a, cx);
        karatsuba::square(out, a, &mut scratch, &Base { below: ntt::MAX_LIMBS / 2, product });
    }
    #[cfg(test)]
    fault::strike(fault::Site::Product, out);
}
