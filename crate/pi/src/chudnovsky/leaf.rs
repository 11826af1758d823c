//! A handful of terms by word products.

use super::series::Part;
use super::smooth::{self, Cofactors, multiply};
use super::term::{self, Factors};
use crate::limbs::trim;

/// Up to this many terms make a leaf.
pub(super) const MAX_TERMS: u64 = 32;

/// The sum over a ≤ k < b, from the last term to the first:
/// T(k) = p(k)·((A + Bk)·Q(k + 1) − T(k + 1)), which never goes below zero.
pub(super) fn sum(a: u64, b: u64, with_p: bool) -> Part {
    let mut cofactors = [Cofactors::EMPTY; MAX_TERMS as usize];
    let cofactors = &mut cofactors[..(b - a) as usize];
    let (p_smooth, q_smooth) = smooth::sieve(a, cofactors);
    let limbs = 2 * cofactors.len() + 2;
    let [mut p, mut q, mut t, mut full_q] = [(); 4].map(|()| Vec::with_capacity(limbs));
    q.push(1);
    full_q.push(1);
    t.push(0);
    if with_p {
        p.push(1);
    }
    for (k, cofactors) in (a..b).rev().zip(cofactors.iter().rev()) {
        subtract_from_multiple(&mut t, &full_q, term::linear(k));
        multiply_all(&mut t, &term::p(k));
        multiply_all(&mut full_q, &term::q(k));
        multiply_all(&mut q, &cofactors.q());
        if with_p {
            multiply_all(&mut p, &cofactors.p());
        }
    }
    Part { p, q, t, p_smooth, q_smooth }
}

/// t = q·w − t, for a t ≤ q·w, which may be a limb longer than q.
fn subtract_from_multiple(t: &mut Vec<u64>, q: &[u64], w: u64) {
    t.resize(q.len() + 1, 0);
    let (mut carry, mut borrow) = (0, false);
    for (t, &q) in t.iter_mut().zip(q) {
        let product;
        (product, carry) = q.carrying_mul(w, carry);
        (*t, borrow) = product.borrowing_sub(*t, borrow);
    }
    t[q.len()] = carry - t[q.len()] - u64::from(borrow);
    trim(t);
}

fn multiply_all(number: &mut Vec<u64>, factors: &Factors) {
    for &word in factors.words() {
        multiply(number, word);
    }
}
