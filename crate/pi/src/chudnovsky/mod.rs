//! The Chudnovsky series by binary splitting.
//!
//! D. V. Chudnovsky and G. V. Chudnovsky, "Approximations and complex multiplication according to
//! Ramanujan" (1988); B. Haible and T. Papanikolaou, "Fast multiprecision evaluation of series of
//! rational numbers" (1998).

mod block;
mod cost;
mod finish;
mod leaf;
mod memory;
mod merge;
#[cfg(test)]
mod oracle;
mod parallel;
mod precision;
mod series;
mod smooth;
mod term;
#[cfg(test)]
mod tests;

pub(crate) use memory::peak;
use series::{Sum, series};

use crate::context::Context;
use crate::radix::Conversion;
use crate::{Error, Job};

/// The guard limbs of the first try; one in 2^31 leaves needs more.
pub(crate) const GUARD_LIMBS: usize = 1;

/// The first `n` ≥ 1 digits on their way from binary, with `guard` limbs below them.
pub(crate) fn conversion(n: usize, guard: usize, cx: &Context) -> Result<Conversion, Error> {
    finish::conversion(n, guard, cx)
}

/// The first `n` digits.
pub(crate) fn digits(n: usize, job: &Job) -> Result<Vec<u8>, Error> {
    if n == 0 {
        return Ok(Vec::new());
    }
    let cx = Context::new(job);
    let mut guard = GUARD_LIMBS;
    loop {
        let conversion = conversion(n, guard, &cx)?;
        let mut digits = vec![0; n];
        if conversion.write_all(&mut digits, &cx)? {
            return Ok(digits);
        }
        guard *= 2;
    }
}
