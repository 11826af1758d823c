//! Gibbons' unbounded spigot.
//!
//! J. Gibbons, "Unbounded Spigot Algorithms for the Digits of Pi", American Mathematical Monthly 113 (2006),
//! the version over Lambert's series whose state starts at q, r, t, i = 1, 180, 60, 2.

use num_bigint::BigInt;
use num_bigint::BigUint;

use crate::chudnovsky;
use crate::run::allocation::{require_room_for, with_capacity};
use crate::run::{Error, Job};
use crate::verify::{Certificate, Verification, Written};

/// The state of the spigot: each [`Spigot::next`] gives one digit.
pub(crate) struct Spigot {
    q: BigUint,
    r: BigUint,
    t: BigUint,
    i: u64,
}

impl Spigot {
    pub(crate) fn new() -> Self {
        Self { q: 1u32.into(), r: 180u32.into(), t: 60u32.into(), i: 2 }
    }

    /// Sees to it that the next step has the memory for its numbers, which `num-bigint` cannot do without.
    pub(crate) fn require_room(&self) {
        require_room_for(9 * (self.q.bits().max(self.t.bits()) as usize / 8 + 64).next_power_of_two());
    }
}

impl Iterator for Spigot {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let Self { q, r, t, i } = self;
        let u = 3 * (3 * *i + 1) * (3 * *i + 2);
        let y = (&*q * (27 * *i - 12) + &*r * 5u32) / (&*t * 5u32);
        // 10·u·(q·(5i − 2) + r − y·t): the bracket is never negative, its parts can be.
        let bracket = BigInt::from(&*q * (5 * *i - 2) + &*r) - BigInt::from(&y * &*t);
        *r = bracket.to_biguint()? * (10 * u);
        *q *= 10 * *i * (2 * *i - 1);
        *t *= u;
        *i += 1;
        y.try_into().ok()
    }
}

/// The first `n` digits, and how they were verified. Each digit costs O(n), the whole O(n²).
pub(crate) fn digits(n: usize, job: &Job) -> Result<(Vec<u8>, Option<Verification>), Error> {
    let certificate = if job.verifies() && n > 0 { Some(chudnovsky::certificate(n, job)?) } else { None };
    // The k-th digit works on numbers of O(k) limbs.
    job.begin((n as u64).pow(2));
    let mut digits = with_capacity(n);
    let mut spigot = Spigot::new();
    for k in 0..n {
        job.check()?;
        spigot.require_room();
        digits.extend(spigot.next());
        job.advance(2 * k as u64 + 1);
    }
    let check = |certificate: Certificate| certificate.check(Written::NONE.and(&digits));
    let verification = certificate.map(check).transpose()?;
    Ok((digits, verification))
}

/// Bytes at the peak of computing `n` digits.
///
/// After n steps t = Π 3·(3i + 1)·(3i + 2) has n·(log₂(27) + 2·log₂(n/e)) bits, and q and r are about as long. The
/// factors are measured: num-bigint grows what it multiplies in place to the next power of two.
pub(crate) fn peak(n: usize) -> usize {
    let steps = n.max(2) as f64;
    let number = (steps * (27f64.log2() + 2.0 * (steps / std::f64::consts::E).log2()) / 8.0) as usize + 64;
    9 * number.next_power_of_two() + 11 * number / 2 + n
}
