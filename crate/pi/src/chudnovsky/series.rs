//! The series to a precision, on one thread or several.

use super::merge::merge_long;
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

/// The sum of the first terms, exactly, which goes on where it stopped.
#[derive(Default)]
pub(super) struct Growing {
    part: Option<Part>,
    terms: u64,
}

impl Growing {
    /// The terms that [`Growing::reach`] sums for so many bits: an even number, so that others may follow.
    pub(super) fn terms_for(bits: u64) -> u64 {
        precision::terms(bits).next_multiple_of(2)
    }

    /// The terms that are summed.
    pub(super) fn terms(&self) -> u64 {
        self.terms
    }

    /// As [`series`], from the terms that are summed already and those that are missing.
    pub(super) fn reach(&mut self, bits: u64, cx: &Context) -> Result<Sum, Error> {
        let end = Self::terms_for(bits);
        let part = match self.part.take() {
            Some(part) if self.terms >= end => part,
            None => split(0, end, cx)?,
            Some(left) => {
                let right = split(self.terms, end, cx)?;
                cx.points.clear();
                merge_long(left, right, cx)?
            }
        };
        self.terms = self.terms.max(end);
        let part = self.part.insert(part);
        let (mut q, t) = part.upper(end);
        part.q_smooth.multiply_into(&mut q);
        Ok(Sum { q, t })
    }
}

fn split(a: u64, b: u64, cx: &Context) -> Result<Part, Error> {
    if threads::for_terms(b - a, cx.threads) > 1 {
        parallel::split(a, b, cx)
    } else {
        splitting::split(a, b, cx)
    }
}
