//! The series to a precision, on one thread or several.

use super::part::Part;
use super::{parallel, precision, splitting};
use crate::run::{Context, Error, threads};

/// Numbers whose quotient `t / q` is the sum of the series.
pub(crate) struct Sum {
    pub(crate) q: Vec<u64>,
    pub(crate) t: Vec<u64>,
}

/// The sum of the series to a relative error below 2^(2 − bits).
pub(crate) fn series(bits: u64, cx: &Context) -> Result<Sum, Error> {
    let terms = precision::terms(bits);
    let sum = if threads::for_terms(terms, cx.threads) > 1 {
        parallel::spine(0, terms, cx)
    } else {
        splitting::spine(0, terms, cx)
    };
    let Part { mut q, t, q_smooth, .. } = sum?;
    q_smooth.multiply_into(&mut q);
    Ok(Sum { q, t })
}
