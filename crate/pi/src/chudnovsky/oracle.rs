//! The same series on num-bigint, exactly and without any of the tricks: what the fast one is checked against.

use num_bigint::{BigInt, BigUint};

const A: u64 = 13_591_409;
const B: u64 = 545_140_134;
/// 640320³ / 24.
const C3_OVER_24: u64 = 10_939_058_860_032_000;

pub(super) struct Split {
    pub(super) p: BigInt,
    pub(super) q: BigInt,
    pub(super) t: BigInt,
}

/// The terms a ≤ k < b, with their signs.
pub(super) fn split(a: u64, b: u64) -> Split {
    if b - a == 1 {
        let (p, q) = if a == 0 {
            (BigInt::from(1), BigInt::from(1))
        } else {
            let p = BigInt::from(6 * a - 5) * (2 * a - 1) * (6 * a - 1);
            (p, BigInt::from(a).pow(3) * C3_OVER_24)
        };
        let t = &p * (BigInt::from(B) * a + A);
        return Split { p, q, t: if a.is_multiple_of(2) { t } else { -t } };
    }
    let m = a.midpoint(b);
    let (l, r) = (split(a, m), split(m, b));
    Split { t: &r.q * l.t + &l.p * r.t, p: l.p * r.p, q: l.q * r.q }
}

/// The first `n` digits.
pub(super) fn digits(n: usize) -> Vec<u8> {
    let scale = n as u32 + 16;
    let Split { q, t, .. } = split(0, u64::from(scale) / 14 + 2);
    let root = (BigUint::from(10_005u32) * BigUint::from(100u32).pow(scale)).sqrt();
    let pi: BigInt = q * 426_880u32 * BigInt::from(root) / t;
    let mut digits = pi.magnitude().to_radix_be(10);
    digits.truncate(n);
    digits
}
