//! The Chudnovsky series by binary splitting, on num-bigint.
//!
//! D. V. Chudnovsky and G. V. Chudnovsky, "Approximations and complex multiplication according to
//! Ramanujan" (1988); B. Haible and T. Papanikolaou, "Fast multiprecision evaluation of series of
//! rational numbers" (1998).

use num_bigint::{BigInt, BigUint};

use crate::job::Phase;
use crate::{Error, Job};

const A: u64 = 13_591_409;
const B: u64 = 545_140_134;
/// 640320³ / 24.
const C3_OVER_24: u64 = 10_939_058_860_032_000;
/// log10(640320³ / (24 · 6 · 2 · 6)): each term gives this many digits.
const DIGITS_PER_TERM: f64 = 14.181_647_462_725_477;
const GUARD_DIGITS: usize = 16;

struct Split {
    p: BigInt,
    q: BigInt,
    t: BigInt,
}

fn split(a: u64, b: u64, job: &Job) -> Result<Split, Error> {
    job.check()?;
    if b - a == 1 {
        let (p, q) = if a == 0 {
            (BigInt::from(1), BigInt::from(1))
        } else {
            let p = BigInt::from(6 * a - 5) * (2 * a - 1) * (6 * a - 1);
            (p, BigInt::from(a).pow(3) * C3_OVER_24)
        };
        let t = &p * (A + B * a);
        job.advance(1);
        return Ok(Split { p, q, t: if a.is_multiple_of(2) { t } else { -t } });
    }
    let m = a.midpoint(b);
    let (l, r) = (split(a, m, job)?, split(m, b, job)?);
    Ok(Split { t: &r.q * l.t + &l.p * r.t, p: l.p * r.p, q: l.q * r.q })
}

/// The first `n` digits.
pub(crate) fn digits(n: usize, job: &Job) -> Result<Vec<u8>, Error> {
    if n == 0 {
        return Ok(Vec::new());
    }
    let scale = n + GUARD_DIGITS;
    let terms = (scale as f64 / DIGITS_PER_TERM) as u64 + 2;
    job.begin(terms + terms / 2);
    let Split { q, t, .. } = split(0, terms, job)?;
    job.enter(Phase::Division);
    let root = (BigUint::from(10_005u32) * BigUint::from(100u32).pow(scale as u32)).sqrt();
    job.check()?;
    let pi = q * 426_880u32 * BigInt::from(root) / t;
    job.check()?;
    job.enter(Phase::Conversion);
    let mut digits = pi.magnitude().to_radix_be(10);
    digits.truncate(n);
    job.advance(terms / 2);
    Ok(digits)
}
