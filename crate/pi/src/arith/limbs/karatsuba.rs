//! Karatsuba's product, in the form that subtracts: (a₀ + a₁X)(b₀ + b₁X) by the three products
//! a₀b₀, a₁b₁ and (a₀ − a₁)(b₀ − b₁), which all have the size of a half.

use super::sub::abs_diff;
use super::{add_assign, add_word, sub_assign};

/// The limbs that [`mul`] and [`square`] of n limbs need as `scratch`.
pub(super) fn scratch_len(n: usize) -> usize {
    4 * n + 256
}

/// The method for products of fewer than so many limbs.
pub(super) struct Base<F> {
    pub(super) below: usize,
    pub(super) product: F,
}

/// out = a·b, with `a.len() == b.len()` and `out.len() == 2 · a.len()`.
pub(super) fn mul(
    out: &mut [u64],
    a: &[u64],
    b: &[u64],
    scratch: &mut [u64],
    base: &Base<impl Fn(&mut [u64], &[u64], &[u64])>,
) {
    let n = a.len();
    if n < base.below {
        return (base.product)(out, a, b);
    }
    let half = n.div_ceil(2);
    let (a0, a1) = a.split_at(half);
    let (b0, b1) = b.split_at(half);
    let (cross, rest) = scratch.split_at_mut(2 * half);
    let (da, db) = out[..2 * half].split_at_mut(half);
    let negative = split_diff(da, a0, a1) != split_diff(db, b0, b1);
    mul(cross, da, db, rest, base);
    mul(&mut out[..2 * half], a0, b0, rest, base);
    mul(&mut out[2 * half..], a1, b1, rest, base);
    combine(out, cross, negative, &mut rest[..2 * half]);
}

/// out = a², with `out.len() == 2 · a.len()`.
pub(super) fn square(
    out: &mut [u64],
    a: &[u64],
    scratch: &mut [u64],
    base: &Base<impl Fn(&mut [u64], &[u64])>,
) {
    let n = a.len();
    if n < base.below {
        return (base.product)(out, a);
    }
    let half = n.div_ceil(2);
    let (a0, a1) = a.split_at(half);
    let (cross, rest) = scratch.split_at_mut(2 * half);
    split_diff(&mut out[..half], a0, a1);
    square(cross, &out[..half], rest, base);
    square(&mut out[..2 * half], a0, rest, base);
    square(&mut out[2 * half..], a1, rest, base);
    combine(out, cross, false, &mut rest[..2 * half]);
}

/// out = |low − high|, where `high` may be one limb shorter; whether low < high.
fn split_diff(out: &mut [u64], low: &[u64], high: &[u64]) -> bool {
    if high.len() < low.len() && low[high.len()] != 0 {
        out.copy_from_slice(low);
        sub_assign(out, high);
        return false;
    }
    out[high.len()..].fill(0);
    abs_diff(&mut out[..high.len()], &low[..high.len()], high)
}

/// Adds low + high ∓ cross in the middle of `out`, which holds the low and the high product.
fn combine(out: &mut [u64], cross: &[u64], negative: bool, middle: &mut [u64]) {
    let half = cross.len() / 2;
    let (low, high) = out.split_at(2 * half);
    middle.copy_from_slice(low);
    let mut top = u64::from(add_assign(middle, high));
    // The whole is a₀b₁ + a₁b₀ ≥ 0, so the borrow never exceeds the carry.
    if negative {
        top += u64::from(add_assign(middle, cross));
    } else {
        top -= u64::from(sub_assign(middle, cross));
    }
    let carry = add_assign(&mut out[half..], middle);
    debug_assert!(!carry);
    add_word(&mut out[3 * half..], top);
}
