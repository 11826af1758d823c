//! A handful of terms by word products.

use super::part::Part;
use super::smooth::{Cofactors, Sieved, multiply};
use super::term::{self, Factors};
use crate::arith::limbs::{Multiplier, trim};
#[cfg(test)]
use crate::run::fault;

/// The sum over the terms from a on, from the last one to the first:
/// T(k) = p(k)·((A + Bk)·Q(k + 1) − T(k + 1)), which never goes below zero.
pub(super) fn leaf(a: u64, terms: &[Cofactors], smooth: &Sieved, with_p: bool) -> Part {
    let limbs = 2 * terms.len() + 2;
    let [mut p, mut q, mut t, mut full_q] = [(); 4].map(|()| Vec::with_capacity(limbs));
    q.push(1);
    full_q.push(1);
    if with_p {
        p.push(1);
    }
    for (k, cofactors) in (a..a + terms.len() as u64).rev().zip(terms.iter().rev()) {
        subtract_and_multiply(&mut t, &full_q, term::linear(k), &term::p(k));
        multiply_all(&mut full_q, &term::q(k));
        multiply_all(&mut q, &cofactors.q());
        if with_p {
            multiply_all(&mut p, &cofactors.p());
        }
    }
    #[cfg(test)]
    for number in [&mut p, &mut q, &mut t] {
        fault::strike(fault::Site::Leaf, number);
    }
    Part { p, q, t, p_smooth: smooth.p.clone(), q_smooth: smooth.q.clone() }
}

/// t = (q·w − t)·factors, for a t ≤ q·w, which may be a limb longer than q.
///
/// One pass for the difference and its first product: the chains of carries run side by side.
fn subtract_and_multiply(t: &mut Vec<u64>, q: &[u64], w: u64, factors: &Factors) {
    let (&first, others) = factors.words().split_first().unwrap_or((&1, &[]));
    let (w, first) = (Multiplier::new(w), Multiplier::new(first));
    t.resize(q.len() + 1, 0);
    let (mut carry, mut borrow, mut top) = (0, false, 0);
    for (t, &q) in t.iter_mut().zip(q) {
        let product;
        (product, carry) = w.carrying_mul(q, carry);
        let difference;
        (difference, borrow) = product.borrowing_sub(*t, borrow);
        (*t, top) = first.carrying_mul(difference, top);
    }
    let difference = carry - t[q.len()] - u64::from(borrow);
    (t[q.len()], top) = first.carrying_mul(difference, top);
    t.push(top);
    trim(t);
    others.iter().for_each(|&word| multiply(t, word));
}

fn multiply_all(number: &mut Vec<u64>, factors: &Factors) {
    let (pairs, rest) = factors.words().as_chunks::<2>();
    pairs.iter().for_each(|&[v, w]| multiply_twice(number, v, w));
    rest.iter().for_each(|&word| multiply(number, word));
}

/// number = number·v·w in one pass: two chains of carries side by side.
fn multiply_twice(number: &mut Vec<u64>, v: u64, w: u64) {
    let (v, w) = (Multiplier::new(v), Multiplier::new(w));
    let (mut low, mut high) = (0, 0);
    for x in number.iter_mut() {
        let product;
        (product, low) = v.carrying_mul(*x, low);
        (*x, high) = w.carrying_mul(product, high);
    }
    let (limb, top) = w.carrying_mul(low, high);
    number.extend([limb, top]);
    trim(number);
}
