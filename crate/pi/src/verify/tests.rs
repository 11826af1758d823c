//! Right digits pass, and a change of one limb, point or digit anywhere never gives wrong ones.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Written, far_end};
use crate::arith::limbs;
use crate::radix::{MARGIN, fraction_limbs};
use crate::run::fault::{self, Fault, Site};
use crate::run::{Algorithm, Check, Context, Error, Handle, Options};
use crate::{DigitStream, Digits, Verification, chudnovsky, digits};

fn verifying(threads: usize) -> Options {
    Options::new().with_cpus(NonZeroUsize::new(threads).unwrap()).with_verification()
}

/// The digits of a stream up to its end or its failure, and how they were verified.
fn streamed(n: usize, options: &Options) -> (Vec<u8>, Result<Option<Verification>, Error>) {
    let mut stream = DigitStream::new(n, options).unwrap();
    let mut digits = Vec::new();
    loop {
        match stream.read_chunk(1000) {
            Ok(chunk) if chunk.is_empty() => return (digits, Ok(stream.verification())),
            Ok(chunk) => digits.extend(chunk),
            Err(error) => {
                assert_eq!(stream.read_chunk(1000), Err(error), "a failure stays one");
                return (digits, Err(error));
            }
        }
    }
}

#[test]
fn right_digits_pass() {
    let sizes: Vec<usize> =
        if cfg!(miri) { vec![1, 19] } else { (1..600).chain((600..12_000).step_by(397)).collect() };
    for n in sizes {
        let expected = digits(n, &Options::new()).unwrap();
        for threads in [1, 2] {
            let handle = Handle::new();
            let verified = digits(n, &verifying(threads).with_handle(&handle)).unwrap();
            assert_eq!(*verified, *expected, "{n} digits");
            assert!(verified.verification().is_some(), "{n} digits");
            assert!((handle.progress().fraction - 1.0).abs() < 1e-9, "{n} digits: {:?}", handle.progress());
        }
        for algorithm in [Algorithm::Chudnovsky, Algorithm::Spigot] {
            if n < 1000 || algorithm == Algorithm::Chudnovsky {
                let (digits, end) = streamed(n, &verifying(1).with_algorithm(algorithm));
                assert_eq!(digits, *expected, "{n} digits, {algorithm:?}");
                assert!(matches!(end, Ok(Some(_))), "{n} digits, {algorithm:?}");
            }
        }
        if n < 200 {
            let spigot = digits(n, &verifying(1).with_algorithm(Algorithm::Spigot)).unwrap();
            assert_eq!(*spigot, *expected, "{n} digits by the spigot");
            assert!(spigot.verification().is_some(), "{n} digits by the spigot");
        }
    }
}

#[test]
fn digits_say_how_they_were_verified() {
    assert_eq!(digits(1000, &Options::new()).unwrap().verification(), None);
    let verification = digits(1000, &verifying(1)).unwrap().verification().unwrap();
    // 1000 decimal digits are 830.5 hexadecimal ones.
    assert!(verification.hex_position < 831);
    assert!(verification.hex_position + u64::from(verification.hex_digits) > 831);
    // Without digits there is nothing to verify.
    assert_eq!(digits(0, &verifying(1)).unwrap().verification(), None);
    let spigot = verifying(1).with_algorithm(Algorithm::Spigot);
    assert_eq!(streamed(0, &spigot), (vec![], Ok(None)));
}

#[test]
fn a_cancelled_job_ends() {
    let handle = Handle::new();
    handle.cancel();
    let options = verifying(1).with_handle(&handle);
    assert_eq!(digits(1000, &options), Err(Error::Cancelled));
    assert_eq!(far_end::check(&[0; 10_000], &Context::new(&options.job())), Err(Error::Cancelled));
}

/// The end of a computation with a fault.
#[derive(Debug, PartialEq)]
enum Outcome {
    Right,
    Wrong,
    Caught,
}

fn outcome(n: usize, expected: &[u8], options: &Options, fault: Fault) -> Outcome {
    let work = || {
        if fault.change.is_multiple_of(2) {
            digits(n, options).map(Digits::into_vec)
        } else {
            let (digits, end) = streamed(n, options);
            assert!(digits.len() < n || end.is_ok(), "the last chunk comes with the proof");
            end.map(|_| digits)
        }
    };
    // A limb that is out of its bounds may also be found by an assertion.
    match fault::during(Some(fault), || catch_unwind(AssertUnwindSafe(work))).0 {
        Ok(Ok(digits)) if digits == expected => Outcome::Right,
        Ok(Ok(_)) => Outcome::Wrong,
        Ok(Err(Error::Verification { .. })) | Err(_) => Outcome::Caught,
        Ok(Err(error)) => panic!("{error}"),
    }
}

/// Changes one place at each site in turn, in `runs` computations a site, none of which may give wrong digits.
fn inject(n: usize, runs: usize) {
    let expected = digits(n, &Options::new()).unwrap();
    let (_, visits) = fault::during(None, || digits(n, &verifying(1)));
    let mut noise = n as u64;
    for (site, visits) in Site::ALL.into_iter().zip(visits).filter(|&(_, visits)| visits > 0) {
        let (mut caught, mut harmful) = (0, 0);
        for run in 0..runs {
            noise = (noise ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xd129_42f1_7c4d_3f2b).rotate_left(29);
            let fault = Fault {
                site,
                visit: run * visits / runs,
                place: (noise >> 11) as f64 / (1u64 << 53) as f64,
                // A single bit, or noise.
                change: if run % 2 == 0 { 1 << (noise % 64) } else { noise },
            };
            let verified = outcome(n, &expected, &verifying(1), fault);
            assert_ne!(verified, Outcome::Wrong, "{n} digits, {fault:?}");
            caught += usize::from(verified == Outcome::Caught);
            let plain = Options::new().with_cpus(NonZeroUsize::MIN);
            harmful += usize::from(outcome(n, &expected, &plain, fault) == Outcome::Wrong);
        }
        println!("{n} digits, {site:?}: {runs} faults, {caught} caught, {harmful} harmful otherwise");
        assert!(caught > 0 && harmful > 0, "{n} digits, {site:?}: {caught} caught, {harmful} harmful");
    }
}

#[test]
fn a_fault_at_any_stage_is_caught() {
    let sizes: &[_] =
        if cfg!(miri) { &[(30, 4)] } else { &[(30, 60), (1000, 60), (5000, 24), (20_000, 24), (100_000, 6)] };
    for &(n, runs) in sizes {
        inject(n, runs);
    }
}

#[test]
#[ignore = "takes minutes; run in release"]
fn faults_by_the_thousand_are_caught() {
    for (n, runs) in [(20, 2000), (700, 2000), (3000, 2000), (12_000, 1000), (70_000, 400), (300_000, 100)] {
        inject(n, runs);
    }
}

#[test]
fn digits_that_were_changed_do_not_pass() {
    let n = if cfg!(miri) { 30 } else { 3000 };
    let certificate = chudnovsky::certificate(n, &verifying(1).job()).unwrap();
    let digits = digits(n, &Options::new().with_algorithm(Algorithm::Spigot)).unwrap().into_vec();
    let check = |digits: &[u8]| certificate.check(Written::NONE.and(digits)).map(drop);
    assert_eq!(check(&digits), Ok(()));
    let wrong = Err(Error::Verification { check: Check::Conversion });
    for at in 0..n {
        let mut changed = digits.clone();
        changed[at] = (changed[at] + 1) % 10;
        assert_eq!(check(&changed), wrong, "digit {at}");
        if changed[at] != digits[(at + 1) % n] {
            changed.copy_from_slice(&digits);
            changed.swap(at, (at + 1) % n);
            assert_eq!(check(&changed) == wrong, changed != digits, "digits {at} and the next one");
        }
    }
    assert_eq!(check(&digits[1..]), wrong);
    assert_eq!(check(&[&digits[..], &[0]].concat()), wrong);
}

#[test]
fn the_far_end_tolerates_the_error_bound_and_no_more() {
    for n in if cfg!(miri) { [1, 20, 40] } else { [1, 50, 4000] } {
        let cx = Context::new(&verifying(1).job());
        // More guard limbs than the fraction has to have, cut off: the error is less than a unit.
        let long = chudnovsky::tenth_of_pi(fraction_limbs(n, 3), &cx).unwrap().limbs;
        let exact = &long[2..];
        for (units, passes) in
            [(MARGIN / 2 - 2, true), (MARGIN / 2 + (1 << 16), false), (MARGIN << 20, false)]
        {
            let mut above = exact.to_vec();
            limbs::add_word(&mut above, units);
            let mut below = exact.to_vec();
            limbs::sub_assign(&mut below, &[units]);
            for moved in [above, below] {
                let expected =
                    if passes { Ok(()) } else { Err(Error::Verification { check: Check::HexDigits }) };
                assert_eq!(far_end::check(&moved, &cx), expected, "{n} digits, {units} units");
            }
        }
    }
}
