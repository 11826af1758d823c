use num_bigint::BigUint;

use super::inverse_sqrt::{INVERSE_SQRT_ERROR, inverse_sqrt};
use super::ratio::{RATIO_ERROR, sqrt_ratio};
use super::reciprocal::{RECIPROCAL_ERROR, reciprocal};
use crate::arith::mersenne::Residue;
use crate::arith::newton::Ratio;
use crate::oracle::{big, operands};
use crate::run::{Context, Error, Job, Options};

fn cx() -> Context {
    Context::new(&Job::new())
}

fn b(power: usize) -> BigUint {
    BigUint::from(1u32) << (64 * power)
}

/// Every small size, and sizes on both sides of where the transform takes over.
fn sizes() -> Vec<usize> {
    if cfg!(miri) {
        vec![1, 2, 4]
    } else {
        (1..40).chain(80..100).chain([175, 180, 181, 256, 333, 700]).collect()
    }
}

#[test]
fn inverse_sqrt_is_below_by_less_than_its_bound() {
    for p in sizes() {
        for d in [2, 3, 10_005, 65_535, u64::from(u32::MAX)] {
            let root = inverse_sqrt(d, p, &cx()).unwrap();
            assert_eq!(root.len(), p);
            // ⌊B^p/√d⌋
            let exact = (b(2 * p) / d).sqrt();
            assert!(big(&root) <= exact, "d = {d}, p = {p}");
            assert!(exact - big(&root) < BigUint::from(INVERSE_SQRT_ERROR), "d = {d}, p = {p}");
        }
    }
}

#[test]
fn reciprocal_is_below_by_less_than_its_bound() {
    for p in sizes() {
        for n in [1, p.div_ceil(2), p, p + 1, 2 * p] {
            for mut v in operands(n) {
                v[n - 1] |= 1 << 63;
                let x = reciprocal(&v, p, &cx()).unwrap();
                assert_eq!(x.len(), p + 1);
                let exact = b(p + n) / big(&v);
                assert!(big(&x) <= exact, "n = {n}, p = {p}");
                assert!(exact - big(&x) < BigUint::from(RECIPROCAL_ERROR), "n = {n}, p = {p}");
            }
        }
    }
}

#[test]
fn sqrt_ratio_is_below_by_less_than_its_bound() {
    let constants = [(2, 3), (u64::from(u32::MAX), u64::from(u32::MAX)), (427_093_440, 10_005), (0, 2)];
    for n in sizes().into_iter().filter(|&n| n >= 3) {
        for (k, d) in constants {
            for (i, mut v) in operands(n).into_iter().enumerate() {
                v[n - 1] |= 1 << 63;
                // The largest power of two keeps k·u/(v·√d) below 1; a shift by whole limbs makes u nearly empty.
                for cut in [k.checked_ilog2().unwrap_or(0) + 2, 130] {
                    let (limbs, bits) = (cut as usize / 64, cut % 64);
                    let mut u = operands(n)[(i + 1) % 5].clone();
                    u.drain(..limbs);
                    u.resize(n, 0);
                    crate::arith::limbs::shr_assign(&mut u, bits);
                    let cx = Context::new(&Options::new().with_verification().job());
                    let Ratio { limbs: result, residue } =
                        sqrt_ratio(u.clone(), v.clone(), k, d, &cx).unwrap();
                    assert_eq!(residue, Some(Residue::of(&result)));
                    assert_eq!(result.len(), n);
                    // k·u·B^n/(v·√d), exact to the unit
                    let square = (big(&u) * k).pow(2) * b(2 * n) / (big(&v).pow(2) * d);
                    let exact = square.sqrt();
                    assert!(big(&result) <= exact, "n = {n}, k = {k}, d = {d}, v {i}");
                    assert!(
                        exact - big(&result) < BigUint::from(RATIO_ERROR),
                        "n = {n}, k = {k}, d = {d}, v {i}"
                    );
                }
            }
        }
    }
}

#[test]
fn cancellation_ends_every_iteration() {
    let job = Job::new();
    job.handle.cancel();
    let cx = Context::new(&job);
    let v = vec![u64::MAX; 9];
    assert_eq!(inverse_sqrt(2, 9, &cx), Err(Error::Cancelled));
    assert_eq!(reciprocal(&v, 9, &cx), Err(Error::Cancelled));
    assert!(matches!(sqrt_ratio(v.clone(), v, 1, 2, &cx), Err(Error::Cancelled)));
}
