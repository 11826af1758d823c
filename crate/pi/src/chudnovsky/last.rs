//! The last merge without Q₁Q₂: T/Q = (T₁ + P₁·(T₂/Q₂))/Q₁.
//!
//! The quotient T₂/Q₂ is needed to half the precision only, since P₁/Q₁ is small, and neither T₁Q₂ nor Q₁Q₂ is ever
//! made: less memory than any merge takes, in about the same time. See [`super::precision`] for its error.

use super::part::Part;
use super::precision::QUOTIENT_GUARD_LIMBS;
use super::smooth::Exponents;
use crate::arith::limbs::{self, add_assign, trim};
use crate::arith::newton::reciprocal;
use crate::run::allocation::{copy, push, zeros};
use crate::run::{Context, Error};

/// Merges the two halves of all terms: T and Q to at least `kept` limbs.
pub(super) fn merge(mut left: Part, mut right: Part, kept: usize, cx: &Context) -> Result<Part, Error> {
    cx.job.check()?;
    cx.points.clear();
    Exponents::cancel(&mut left.p_smooth, &mut right.q_smooth);
    let Part { p: mut p1, q: q1, t: t1, p_smooth, q_smooth } = left;
    let Part { q: mut q2, t: mut t2, q_smooth: right_smooth, .. } = right;
    p_smooth.multiply_into(&mut p1);
    right_smooth.multiply_into(&mut q2);
    trim(&mut q2);
    trim(&mut t2);
    // Q₂ as a fraction of at least 1/2.
    let bits = q2.last().map_or(0, |top| top.leading_zeros());
    limbs::shl_assign(&mut q2, bits);
    let carry = limbs::shl_assign(&mut t2, bits);
    if carry != 0 {
        push(&mut t2, carry);
    }
    let m = q2.len();
    let fractional = kept.saturating_sub(q1.len().min(t1.len())) + QUOTIENT_GUARD_LIMBS;
    // Without its small primes Q₂ may be shorter than T₂ by some limbs.
    let precision = p1.len() + fractional + QUOTIENT_GUARD_LIMBS + t2.len().saturating_sub(m);
    let x = reciprocal(&q2, precision, cx)?;
    drop(q2);
    let quotient = product(&t2, &x, cx)?;
    drop((t2, x));
    let quotient = copy(&quotient[m..]);
    let second = product(&p1, &quotient, cx)?;
    drop((p1, quotient));
    let second = copy(&second[precision - fractional..]);
    let mut t = zeros((fractional + t1.len()).max(second.len()) + 1);
    t[fractional..][..t1.len()].copy_from_slice(&t1);
    drop(t1);
    add_assign(&mut t, &second);
    drop(second);
    trim(&mut t);
    let mut q = zeros(fractional + q1.len());
    q[fractional..].copy_from_slice(&q1);
    Ok(Part { p: Vec::new(), q, t, p_smooth, q_smooth })
}

fn product(a: &[u64], b: &[u64], cx: &Context) -> Result<Vec<u64>, Error> {
    cx.points.clear();
    let mut out = zeros(a.len() + b.len());
    limbs::mul(&mut out, a, b, cx);
    cx.points.clear();
    cx.job.check()?;
    Ok(out)
}
