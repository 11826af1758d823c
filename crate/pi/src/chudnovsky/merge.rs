//! Two neighbouring parts become one: P = P₁P₂, Q = Q₁Q₂, T = T₁Q₂ + P₁T₂.

use std::mem;

use super::part::Part;
use super::smooth::Exponents;
use crate::arith::limbs::{self, Sizes, trim};
use crate::arith::ntt::{self, Factor, Plan, Product};
use crate::run::allocation::zeros;
use crate::run::{Context, Error};
use crate::simd::Detected;

/// Whether a merge to so many limbs is done by transforms, which its products share.
pub(super) fn shares_transforms(limbs: usize, simd: Detected) -> bool {
    limbs >= Sizes::of(simd).sums_by_transforms
}

/// From this many limbs of T on merges save memory: new pages cost more than one more transform of Q₂.
pub(super) const FRUGAL_MIN: usize = 1 << 17;

/// Whether one of the last merges, to so many limbs, saves memory.
pub(super) fn is_frugal(limbs: usize, cx: &Context) -> bool {
    limbs >= FRUGAL_MIN || cx.frugal && shares_transforms(limbs, cx.simd)
}

/// Merges two parts, of which the left one has an even number of terms. The result has a P if the right one has.
pub(super) fn merge(left: Part, right: Part, cx: &Context) -> Result<Part, Error> {
    if left.t.len() + right.q.len() >= FRUGAL_MIN {
        merge_by(frugal, left, right, cx)
    } else if shares_transforms(left.t.len() + right.q.len(), cx.simd) {
        merge_by(shared, left, right, cx)
    } else {
        merge_by(plain, left, right, cx)
    }
}

/// As [`merge`], for the last one, and those before it that several threads do one by one: they make the peak of the
/// memory.
pub(super) fn merge_long(left: Part, right: Part, cx: &Context) -> Result<Part, Error> {
    if is_frugal(left.t.len() + right.q.len(), cx) {
        merge_by(frugal, left, right, cx)
    } else {
        merge(left, right, cx)
    }
}

fn merge_by(
    method: impl Fn(Part, Part, &Context) -> Result<Part, Error>,
    mut left: Part,
    mut right: Part,
    cx: &Context,
) -> Result<Part, Error> {
    cx.job.check()?;
    Exponents::cancel(&mut left.p_smooth, &mut right.q_smooth);
    let part = method(left, right, cx)?;
    cx.job.check()?;
    Ok(part)
}

/// Multiplies what P₁ and Q₂ do not have in common of the small primes back into the factors of T.
///
/// The left-over of Q₂ goes into T₁, so that Q₂ stays without its small primes for Q₁Q₂.
fn complete(left: &mut Part, right: &mut Part) -> (Vec<u64>, Vec<u64>) {
    let (mut p1, mut t1) = (mem::take(&mut left.p), mem::take(&mut left.t));
    left.p_smooth.multiply_into(&mut p1);
    right.q_smooth.multiply_into(&mut t1);
    right.p_smooth.multiply(&left.p_smooth);
    right.q_smooth.multiply(&left.q_smooth);
    (p1, t1)
}

/// By separate products.
fn plain(mut left: Part, mut right: Part, cx: &Context) -> Result<Part, Error> {
    let p = product_p(&left.p, &right.p, cx);
    let (p1, t1) = complete(&mut left, &mut right);
    let mut t = zeros((t1.len() + right.q.len()).max(p1.len() + right.t.len()) + 1);
    limbs::mul_sum(&mut t, [[&t1, &right.q], [&p1, &right.t]], cx);
    trim(&mut t);
    let q = product(&left.q, &right.q, cx);
    Ok(Part { p, q, t, p_smooth: right.p_smooth, q_smooth: right.q_smooth })
}

/// By transforms: Q₂ is transformed once for both its products, and T is summed in the transform domain.
///
/// P₁P₂ has half the length of the others, and its own transforms of that length cost less than sharing. Numbers and
/// spectra go as soon as they are used: at most two spectra live at a time, and for each thread two primes of others.
fn shared(mut left: Part, mut right: Part, cx: &Context) -> Result<Part, Error> {
    let p = product_p(&left.p, &right.p, cx);
    drop(mem::take(&mut right.p));
    let (p1, t1) = complete(&mut left, &mut right);
    let t_len = (t1.len() + right.q.len()).max(p1.len() + right.t.len()) + 1;
    let q_len = left.q.len() + right.q.len();
    let plan = Plan::for_product(t_len.max(q_len), 2);
    let q2 = plan.forward(&right.q, cx);
    drop(right.q);
    let q = plan.sum_of_products(&[(&left.q, Factor::Spectrum(&q2))], cx);
    drop(left.q);
    let q = written(q, q_len, cx)?;
    let t = plan.sum_of_products(&[(&t1, Factor::Spectrum(&q2)), (&p1, Factor::Number(&right.t))], cx);
    drop((q2, t1, p1, right.t));
    let t = written(t, t_len, cx)?;
    Ok(Part { p, q, t, p_smooth: right.p_smooth, q_smooth: right.q_smooth })
}

/// By transforms with half the memory: only those of the products are there for all primes at once, those of the
/// factors for one prime a thread. Q₂ is transformed for each of its products.
fn frugal(mut left: Part, mut right: Part, cx: &Context) -> Result<Part, Error> {
    // The longest idle buffer grows to hold the products.
    cx.points.keep(1);
    let p = product_p(&left.p, &right.p, cx);
    drop(mem::take(&mut right.p));
    let (p1, t1) = complete(&mut left, &mut right);
    let t_len = (t1.len() + right.q.len()).max(p1.len() + right.t.len()) + 1;
    let q_len = left.q.len() + right.q.len();
    if !ntt::fits(t_len.max(q_len)) {
        let mut t = zeros(t_len);
        limbs::mul_sum(&mut t, [[&t1, &right.q], [&p1, &right.t]], cx);
        trim(&mut t);
        drop((t1, p1, right.t));
        let q = product(&left.q, &right.q, cx);
        return Ok(Part { p, q, t, p_smooth: right.p_smooth, q_smooth: right.q_smooth });
    }
    let products = [(&t1[..], Factor::Number(&right.q)), (&p1, Factor::Number(&right.t))];
    let t = Plan::for_product(t_len, 2).sum_of_products(&products, cx);
    drop((t1, p1, right.t));
    cx.points.clear();
    let t = written(t, t_len, cx)?;
    let q = Plan::for_product(q_len, 1).product(&left.q, &right.q, cx);
    drop((left.q, right.q));
    cx.points.clear();
    let q = written(q, q_len, cx)?;
    cx.points.clear();
    Ok(Part { p, q, t, p_smooth: right.p_smooth, q_smooth: right.q_smooth })
}

fn written(product: Product, limbs: usize, cx: &Context) -> Result<Vec<u64>, Error> {
    cx.job.check()?;
    let mut number = zeros(limbs);
    product.write(&mut number, cx);
    trim(&mut number);
    Ok(number)
}

/// P, where the right part has one.
fn product_p(left: &[u64], right: &[u64], cx: &Context) -> Vec<u64> {
    if right.is_empty() { Vec::new() } else { product(left, right, cx) }
}

fn product(a: &[u64], b: &[u64], cx: &Context) -> Vec<u64> {
    let mut out = zeros(a.len() + b.len());
    limbs::mul(&mut out, a, b, cx);
    trim(&mut out);
    out
}
