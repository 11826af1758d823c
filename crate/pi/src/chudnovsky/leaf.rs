//! A handful of terms by word products.

use super::Part;
use super::term::{self, Factors};
use crate::limbs::mul_word_assign;

/// The sum over a ≤ k < b, from the last term to the first:
/// T(k) = p(k)·((A + Bk)·Q(k + 1) − T(k + 1)), which never goes below zero.
pub(super) fn sum(a: u64, b: u64, with_p: bool) -> Part {
    let limbs = 2 * (b - a) as usize + 2;
    let [mut p, mut q, mut t] = [(); 3].map(|()| Vec::with_capacity(limbs));
    q.push(1);
    t.push(0);
    if with_p {
        p.push(1);
    }
    for k in (a..b).rev() {
        subtract_from_multiple(&mut t, &q, term::linear(k));
        let factors = term::p(k);
        multiply(&mut t, &factors);
        if with_p {
            multiply(&mut p, &factors);
        }
        multiply(&mut q, &term::q(k));
    }
    Part { p, q, t }
}

/// t = q·w − t.
fn subtract_from_multiple(t: &mut Vec<u64>, q: &[u64], w: u64) {
    t.resize(q.len(), 0);
    let (mut carry, mut borrow) = (0, false);
    for (t, &q) in t.iter_mut().zip(q) {
        let product;
        (product, carry) = q.carrying_mul(w, carry);
        (*t, borrow) = product.borrowing_sub(*t, borrow);
    }
    carry -= u64::from(borrow);
    if carry != 0 {
        t.push(carry);
    }
}

fn multiply(number: &mut Vec<u64>, factors: &Factors) {
    for &word in factors.words() {
        let carry = mul_word_assign(number, word, 0);
        if carry != 0 {
            number.push(carry);
        }
    }
}
