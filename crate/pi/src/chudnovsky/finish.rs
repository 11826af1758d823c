//! From the sum of the series to pi.

use super::cost::series_cost;
use super::merge::FRUGAL_MIN;
use super::{Sum, precision, series};
use crate::arith::limbs;
use crate::arith::mersenne::Residue;
use crate::arith::newton::{RATIO_ERROR, Ratio, sqrt_ratio, sqrt_ratio_cost};
use crate::radix::{Conversion, MARGIN, fraction_limbs};
use crate::run::allocation::{copy, reserve, resize};
#[cfg(test)]
use crate::run::fault;
use crate::run::{Context, Error, Job, Phase};
use crate::verify::Certificate;

/// π = 426880·√10005 · Q/T, and so π/10 = 42688·10005 · Q/(T·√10005).
const RADICAND: u64 = 10_005;
const FACTOR: u64 = 42_688 * RADICAND;

/// The fewest limbs that [`sqrt_ratio`] takes.
pub(super) const MIN_LIMBS: usize = 3;

/// The longest buffers of points that the last merge leaves for the division, and the division for the conversion,
/// if new pages for so many limbs would cost more than the memory.
pub(super) fn kept_buffers(limbs: usize) -> usize {
    if (1 << 12..FRUGAL_MIN).contains(&limbs) { 2 } else { 0 }
}

/// The relative error of the sum that is asked for, in units of the last limb.
const SERIES_ERROR_BITS: u64 = 22;

// The series errs by less than 2^2 times what it is asked for. Cutting Q short costs less than
// FACTOR/(√RADICAND/2), cutting T less than 1, and there is the error of the ratio.
const _: () = assert!((4 << SERIES_ERROR_BITS) + FACTOR / 50 + 1 + RATIO_ERROR < MARGIN / 2);

/// The conversion of the first `n` ≥ 1 digits, with `guard` limbs below them or more, and what their
/// verification needs, if the job verifies.
pub(super) fn conversion(
    n: usize,
    guard: usize,
    cx: &Context,
) -> Result<(Conversion, Option<Certificate>), Error> {
    cx.job.begin(cost(n, guard, &cx.job));
    let fraction = tenth_of_pi(fraction_limbs(n, guard), cx)?;
    match proved(fraction, n, guard, cx)? {
        Some(proved) => Ok(proved),
        None => conversion(n, 2 * guard, cx),
    }
}

/// The conversion of a fraction, proved if the job verifies; none where its error leaves the digits open.
pub(super) fn proved(
    fraction: Ratio,
    n: usize,
    guard: usize,
    cx: &Context,
) -> Result<Option<(Conversion, Option<Certificate>)>, Error> {
    let mut certificate = None;
    if cx.job.verifies() {
        certificate = Certificate::of(&fraction, n, guard, cx)?;
        if certificate.is_none() {
            return Ok(None);
        }
    }
    cx.job.enter(Phase::Conversion);
    Ok(Some((Conversion::new(fraction.limbs, n, guard, cx)?, certificate)))
}

/// The certificate of the first `n` ≥ 1 digits, without the digits.
pub(super) fn certificate(n: usize, guard: usize, cx: &Context) -> Result<Certificate, Error> {
    cx.job.enter(Phase::Series);
    let fraction = tenth_of_pi(fraction_limbs(n, guard), cx)?;
    match Certificate::of(&fraction, n, guard, cx)? {
        Some(certificate) => Ok(certificate),
        None => certificate(n, 2 * guard, cx),
    }
}

/// The cost of the whole computation in the unit of [`crate::arith::ntt::Plan::cost`].
fn cost(n: usize, guard: usize, job: &Job) -> u64 {
    let limbs = fraction_limbs(n, guard).max(MIN_LIMBS);
    series_cost(precision::terms(series_bits(limbs)))
        + division_cost(n, guard, job)
        + Conversion::cost(n, guard)
}

/// The cost of what lies between the series and the conversion.
pub(super) fn division_cost(n: usize, guard: usize, job: &Job) -> u64 {
    let limbs = fraction_limbs(n, guard);
    sqrt_ratio_cost(limbs.max(MIN_LIMBS)) + if job.verifies() { Certificate::cost(n, limbs) } else { 0 }
}

/// The bits to which a sum for this many limbs has to be right.
pub(super) fn series_bits(limbs: usize) -> u64 {
    64 * limbs as u64 - SERIES_ERROR_BITS
}

/// π/10 as a fraction of this many limbs.
///
/// Its error in units of the last limb is less than half of the conversion's margin; see the assertion.
pub(crate) fn tenth_of_pi(limbs: usize, cx: &Context) -> Result<Ratio, Error> {
    let working = limbs.max(MIN_LIMBS);
    of_sum(series(series_bits(working), cx)?, limbs, cx)
}

/// The same from the sum of the series to [`series_bits`] of so many limbs, at least [`MIN_LIMBS`].
pub(super) fn of_sum(sum: Sum, limbs: usize, cx: &Context) -> Result<Ratio, Error> {
    let working = limbs.max(MIN_LIMBS);
    let kept = if cx.frugal { 0 } else { kept_buffers(limbs) };
    cx.points.keep(kept);
    cx.job.enter(Phase::Division);
    let (q, t) = fractions(sum, working);
    let Ratio { limbs: mut fraction, mut residue } = sqrt_ratio(q, t, FACTOR, RADICAND, cx)?;
    cx.points.keep(kept);
    cx.limbs.clear();
    let excess = working - limbs;
    residue = residue.map(|residue| (residue - Residue::of(&fraction[..excess])).unshifted(64 * excess));
    fraction.drain(..excess);
    #[cfg(test)]
    fault::strike(fault::Site::Fraction, &mut fraction);
    Ok(Ratio { limbs: fraction, residue })
}

/// Q and T over the power of two that makes T a fraction of at least 1/2, cut to this many limbs.
fn fractions(sum: Sum, limbs: usize) -> (Vec<u64>, Vec<u64>) {
    let Sum { mut q, mut t } = sum;
    limbs::trim(&mut t);
    resize(&mut q, t.len(), 0);
    let bits = t.last().map_or(0, |top| top.leading_zeros());
    for number in [&mut q, &mut t] {
        limbs::shl_assign(number, bits);
        match number.len().checked_sub(limbs) {
            // A copy, for a vector that is drained keeps its memory.
            Some(excess) => *number = copy(&number[excess..]),
            None => {
                reserve(number, limbs - number.len());
                number.splice(..0, std::iter::repeat_n(0, limbs - number.len()));
            }
        }
        #[cfg(test)]
        fault::strike(fault::Site::Sum, number);
    }
    (q, t)
}
