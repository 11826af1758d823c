//! Two neighbouring parts become one: P = P₁P₂, Q = Q₁Q₂, T = T₁Q₂ + P₁T₂.

use super::Part;
use crate::Error;
use crate::context::Context;
use crate::limbs::{self, add_assign, trim};

/// Merges two parts, of which the left one has an even number of terms. The result has a P if the right one has.
pub(super) fn merge(left: Part, right: Part, cx: &Context) -> Result<Part, Error> {
    cx.job.check()?;
    let part = plain(&left, &right, cx);
    cx.job.check()?;
    Ok(part)
}

/// By separate products.
fn plain(left: &Part, right: &Part, cx: &Context) -> Part {
    let mut t = product(&left.t, &right.q, cx);
    let second = product(&left.p, &right.t, cx);
    t.resize(t.len().max(second.len()) + 1, 0);
    add_assign(&mut t, &second);
    trim(&mut t);
    let p = if right.p.is_empty() { Vec::new() } else { product(&left.p, &right.p, cx) };
    Part { p, q: product(&left.q, &right.q, cx), t }
}

fn product(a: &[u64], b: &[u64], cx: &Context) -> Vec<u64> {
    let mut out = vec![0; a.len() + b.len()];
    limbs::mul(&mut out, a, b, cx);
    trim(&mut out);
    out
}
