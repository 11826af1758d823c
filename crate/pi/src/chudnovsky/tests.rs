//! The series against the same series on num-bigint.

use std::num::NonZeroUsize;

use num_bigint::{BigInt, BigUint};

use super::part::Part;
use super::splitting::split;
use super::*;
use crate::oracle::big;
use crate::run::Options;

fn context(threads: usize) -> Context {
    Context { threads, ..Context::new(&Job::new()) }
}

/// P, Q and T with the small primes back in P and Q.
fn whole(mut part: Part) -> [BigInt; 3] {
    part.p_smooth.multiply_into(&mut part.p);
    part.q_smooth.multiply_into(&mut part.q);
    [part.p, part.q, part.t].map(|number| big(&number).into())
}

#[test]
fn digits_agree_with_the_oracle() {
    let (small, large) = if cfg!(miri) { (40, 60) } else { (3000, 30_000) };
    let digits = oracle::digits(large);
    for n in (0..small).chain((small..large).step_by(997)).step_by(if cfg!(miri) { 13 } else { 1 }) {
        assert_eq!(super::digits(n, &Job::new()).unwrap().0, digits[..n], "{n} digits");
    }
}

#[test]
fn parts_are_the_exact_sums() {
    let cx = context(1);
    // The last ranges lie where factors of a term no longer fit in one word.
    let (starts, lengths): (&[u64], &[u64]) = if cfg!(miri) {
        (&[0, 70_500_000], &[3, 17])
    } else {
        (
            &[0, 2, 1000, 635_100, 2_097_100, 70_500_000],
            &[1, 2, 3, 15, 16, 17, 31, 32, 33, 48, 64, 100, 129, 500, 1500],
        )
    };
    for &start in starts {
        for &terms in lengths {
            let (a, b) = (start, start + terms);
            let [p, q, t] = whole(split(a, b, &cx).unwrap());
            let oracle = oracle::split(a, b);
            assert_eq!(&t * &oracle.q, &oracle.t * &q, "T/Q of {a}..{b}");
            assert_eq!(&p * &oracle.q, &oracle.p * &q, "P/Q of {a}..{b}");
        }
    }
}

#[test]
#[cfg_attr(miri, ignore)]
fn common_small_primes_cancel() {
    let part = split(1000, 1512, &context(1)).unwrap();
    let oracle = oracle::split(1000, 1512);
    let full = oracle.t.bits();
    assert!(big(&part.t).bits() < full * 88 / 100, "T: {} of {full} bits", big(&part.t).bits());
    let full = oracle.p.bits();
    assert!(big(&part.p).bits() < full * 75 / 100, "P: {} of {full} bits", big(&part.p).bits());
}

#[test]
#[cfg_attr(miri, ignore)]
fn the_error_stays_in_its_budget() {
    // More terms than any of the sums below has.
    let exact = oracle::split(0, 3000);
    for bits in [64, 65, 1000, 4711, 20_000, 47_000, 100_000] {
        // To save memory the last merge is by a quotient.
        for cx in [context(1), context(3), context(1).frugal(), context(3).frugal()] {
            let Sum { q, t } = series(bits, &cx).unwrap();
            let (q, t) = (BigInt::from(big(&q)), BigInt::from(big(&t)));
            let error = (&t * &exact.q - &q * &exact.t).magnitude() << bits;
            assert!(
                error < BigUint::from(4u32) * (&q * &exact.t).magnitude(),
                "{bits} bits, {} threads, frugal {}",
                cx.threads,
                cx.frugal
            );
        }
    }
}

#[test]
#[cfg_attr(miri, ignore)]
fn the_upper_parts_are_truncated() {
    let Sum { q, t } = series(100_000, &context(1)).unwrap();
    let needed = precision::kept_limbs(precision::terms(100_000));
    assert!(q.len() <= needed + 8 && t.len() <= needed + 8, "{} and {} limbs of {needed}", q.len(), t.len());
}

#[test]
fn terms_give_the_bits_that_are_claimed() {
    for k in [1, 10, 1000, 1_000_000, 70_000_000] {
        let product =
            |factors: term::Factors| factors.words().iter().map(|&word| (word as f64).log2()).sum::<f64>();
        assert!(product(term::q(k)) - product(term::p(k)) > term::BITS_PER_TERM, "term {k}");
    }
}

#[test]
#[cfg_attr(miri, ignore)]
fn threads_give_the_same_digits() {
    let n = 60_000;
    let [one, two, five] = [1, 2, 5].map(|threads| {
        let job = Options::new().with_cpus(NonZeroUsize::new(threads).unwrap()).job();
        super::digits(n, &job).unwrap()
    });
    assert_eq!(one, two);
    assert_eq!(one, five);
}

#[test]
#[cfg_attr(miri, ignore)]
fn a_cancelled_job_ends() {
    for threads in [1, 2] {
        let job = Options::new().with_cpus(NonZeroUsize::new(threads).unwrap()).job();
        let handle = job.handle.clone();
        let work = std::thread::spawn(move || super::digits(3_000_000, &job));
        std::thread::sleep(std::time::Duration::from_millis(30));
        handle.cancel();
        let start = std::time::Instant::now();
        assert_eq!(work.join().unwrap(), Err(Error::Cancelled));
        // The promise is 50 ms; a busy machine gets more.
        assert!(start.elapsed().as_millis() < 1000, "{:?}", start.elapsed());
    }
}
