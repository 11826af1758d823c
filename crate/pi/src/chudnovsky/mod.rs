//! The Chudnovsky series by binary splitting.
//!
//! D. V. Chudnovsky and G. V. Chudnovsky, "Approximations and complex multiplication according to
//! Ramanujan" (1988); B. Haible and T. Papanikolaou, "Fast multiprecision evaluation of series of
//! rational numbers" (1998).

mod leaf;
mod merge;
#[cfg(test)]
mod oracle;
mod precision;
mod series;
mod term;
#[cfg(test)]
mod tests;

use series::Part;
pub(crate) use series::{Sum, series};

use num_bigint::BigUint;

use crate::context::Context;
use crate::job::Phase;
use crate::{Error, Job};

fn big(a: &[u64]) -> BigUint {
    BigUint::from_slice(&a.iter().flat_map(|&x| [x as u32, (x >> 32) as u32]).collect::<Vec<_>>())
}

/// The first `n` digits.
pub(crate) fn digits(n: usize, job: &Job) -> Result<Vec<u8>, Error> {
    if n == 0 {
        return Ok(Vec::new());
    }
    let cx = Context::new(job);
    let scale = n + 16;
    let bits = (scale as f64 * std::f64::consts::LOG2_10) as u64 + 2;
    job.begin(bits);
    let Sum { q, t } = series(bits, &cx)?;
    job.enter(Phase::Division);
    let root = (BigUint::from(10_005u32) * BigUint::from(100u32).pow(scale as u32)).sqrt();
    job.check()?;
    let pi = big(&q) * 426_880u32 * root / big(&t);
    job.check()?;
    job.enter(Phase::Conversion);
    let mut digits = pi.to_radix_be(10);
    digits.truncate(n);
    Ok(digits)
}
