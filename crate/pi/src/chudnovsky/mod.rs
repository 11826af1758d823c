//! The Chudnovsky series by binary splitting.
//!
//! D. V. Chudnovsky and G. V. Chudnovsky, "Approximations and complex multiplication according to
//! Ramanujan" (1988); B. Haible and T. Papanikolaou, "Fast multiprecision evaluation of series of
//! rational numbers" (1998).

mod block;
mod cost;
mod finish;
mod last;
mod leaf;
mod memory;
mod merge;
#[cfg(test)]
mod oracle;
mod parallel;
mod part;
mod precision;
mod series;
mod smooth;
mod splitting;
mod stages;
mod term;
#[cfg(test)]
mod tests;

pub(crate) use memory::{peak, stage_peak};
use series::{Sum, series};
pub(crate) use stages::Stages;

use crate::radix::Conversion;
use crate::run::allocation::zeros;
use crate::run::{Context, Error, Job};
use crate::verify::{Certificate, Verification, Written};

/// The guard limbs of the first try; one in 2^31 leaves needs more.
pub(crate) const GUARD_LIMBS: usize = 1;

/// The first `n` ≥ 1 digits on their way from binary, with `guard` limbs below them or more, and what their
/// verification needs, if the job verifies.
pub(crate) fn conversion(
    n: usize,
    guard: usize,
    cx: &Context,
) -> Result<(Conversion, Option<Certificate>), Error> {
    finish::conversion(n, guard, cx)
}

/// The certificate of the first `n` ≥ 1 digits, for those of another algorithm.
pub(crate) fn certificate(n: usize, job: &Job) -> Result<Certificate, Error> {
    finish::certificate(n, GUARD_LIMBS, &Context::new(job))
}

/// π/10 as a fraction of this many limbs.
#[cfg(test)]
pub(crate) use finish::tenth_of_pi;

/// The first `n` digits, and how they were verified.
pub(crate) fn digits(n: usize, job: &Job) -> Result<(Vec<u8>, Option<Verification>), Error> {
    if n == 0 {
        return Ok((Vec::new(), None));
    }
    let cx = Context::new(job);
    let mut guard = GUARD_LIMBS;
    loop {
        let (mut conversion, certificate) = conversion(n, guard, &cx)?;
        conversion.start(&cx)?;
        let mut digits = zeros(n);
        if conversion.write_all(&mut digits, &cx)? {
            let check = |certificate: Certificate| certificate.check(Written::NONE.and(&digits));
            let verification = certificate.map(check).transpose()?;
            return Ok((digits, verification));
        }
        guard *= 2;
    }
}
