//! Against published digits, against Machin's formula on num-bigint, and every kernel against the plain one.

use std::num::NonZeroUsize;

use num_bigint::BigUint;
use proptest::prelude::*;

use super::*;
use crate::run::{Handle, Job};
use crate::simd::Simd;

/// Published by those who computed them, or computed here with another formula (the first 16 digits).
const CHECKPOINTS: [(u64, &str); 7] = [
    (1, "243F6A8885A308D3"),
    (1_000, "349F1C09B075372C"),
    (10_000, "68AC8FCFB8016CBD"),
    (100_000, "535EA16C406363A3"),
    (1_000_000, "26C65E52CB459350"),
    (10_000_000, "17AF5863EFED8D"),
    (100_000_000, "ECB840E21926EC"),
];

/// The first `count` hexadecimal digits after the point: 16·atan(1/5) − 4·atan(1/239) in integers.
fn machin(count: usize) -> String {
    let guard = 16;
    let one = BigUint::from(1u32) << (4 * (count + guard));
    let arctan = |x: u32| {
        let (mut power, mut sum, mut k) = (&one / x, BigUint::ZERO, 1u32);
        let mut minus = BigUint::ZERO;
        while power != BigUint::ZERO {
            *(if k % 4 == 1 { &mut sum } else { &mut minus }) += &power / k;
            power /= x * x;
            k += 2;
        }
        sum - minus
    };
    let pi = arctan(5) * 16u32 - arctan(239) * 4u32;
    let digits = format!("{pi:X}");
    digits[1..=count].to_owned()
}

#[test]
fn every_kernel_gives_the_published_digits() {
    for simd in Simd::available() {
        let last = match simd {
            _ if cfg!(miri) => 1,
            Simd::Portable => 5,
            _ => 6,
        };
        let options = Options::new().with_simd(simd);
        for (position, expected) in &CHECKPOINTS[..last] {
            assert_eq!(digits(*position, expected.len(), &options).unwrap(), *expected, "{position}, {simd}");
        }
    }
}

#[test]
#[ignore = "takes seconds to minutes"]
fn the_published_digits_at_a_hundred_million() {
    let (position, expected) = CHECKPOINTS[6];
    assert_eq!(digits(position, expected.len(), &Options::new()).unwrap(), expected);
}

#[test]
fn the_first_digits_are_those_of_machin() {
    // Counts need as many digits beyond the last position.
    let last = if cfg!(miri) { 50 } else { 5900 };
    let all = machin(last + 100);
    let options = Options::new();
    assert_eq!(digits(1, all.len(), &options).unwrap(), all);
    for position in (1..last).step_by(29) {
        for count in [0, 1, 9, 10, 11, 32] {
            let digits = digits(position as u64, count, &options).unwrap();
            assert_eq!(digits, all[position - 1..position - 1 + count], "{position}, {count}");
        }
    }
}

#[test]
fn digits_in_doubt_are_summed_again() {
    let last = if cfg!(miri) { 4 } else { 500 };
    let all = machin(last as usize + 30);
    for position in 1..last {
        // No digit is left for the error: the first sum cannot decide.
        let terms = bellard::terms(position, 40);
        let short = sum::of_terms(position, 0..terms, 1, &Job::new()).unwrap();
        assert_eq!(short.certain_digits(LIMB_DIGITS, sum::error_units(terms)), None);
        let steps = DigitSteps::in_limbs(1, position, LIMB_DIGITS, Job::new());
        let digits = steps.digits().unwrap();
        assert_eq!(digits, all[position as usize - 1..][..LIMB_DIGITS], "{position}");
    }
}

#[test]
#[cfg_attr(miri, ignore = "Miri has no vectors to compare")]
fn every_kernel_gives_the_same_bits_where_the_grouping_changes() {
    let position = MAX_POSITION;
    let farthest = terms(position, MAX_COUNT).unwrap();
    for level in kernel::Level::ALL {
        let border = level.terms().end.min(farthest);
        let terms = border - 100..(border + 100).min(farthest);
        let sum =
            |simd| sum::of_terms(position, terms.clone(), 3, &Options::new().with_simd(simd).job()).unwrap();
        for simd in Simd::available() {
            assert_eq!(sum(simd), sum(Simd::Portable), "{level:?}, {simd}");
        }
        assert_eq!(farthest <= border, level == kernel::Level::Singles);
    }
}

#[test]
fn positions_and_counts_have_bounds() {
    let options = Options::new();
    for asked in [0, MAX_POSITION + 1, u64::MAX] {
        assert_eq!(digits(asked, 1, &options), Err(Error::HexPosition { asked, max: MAX_POSITION }));
    }
    let (asked, max) = (MAX_COUNT + 1, MAX_COUNT);
    assert_eq!(digits(1, asked, &options), Err(Error::TooManyHexDigits { asked, max }));
}

#[test]
fn a_cancelled_job_stops_soon() {
    let handle = Handle::new();
    let options = Options::new().with_cpus(NonZeroUsize::new(2).unwrap()).with_handle(&handle);
    std::thread::scope(|scope| {
        let call = scope.spawn(|| digits(MAX_POSITION, 10, &options));
        while handle.progress().fraction == 0.0 {
            std::thread::yield_now();
        }
        handle.cancel();
        assert_eq!(call.join().unwrap(), Err(Error::Cancelled));
    });
}

#[test]
fn progress_ends_at_one() {
    let handle = Handle::new();
    digits(if cfg!(miri) { 50 } else { 20_000 }, 10, &Options::new().with_handle(&handle)).unwrap();
    assert_eq!(handle.progress().fraction, 1.0);
}

/// One group by its definition: the sum of the fractions of its series, exactly, then cut off.
fn group_of(exponent: i64, n: u64, series: &[bellard::Series], limbs: usize) -> BigUint {
    let modulus: u64 = series.iter().map(|s| s.step * n + s.offset).product();
    let numerators = series.iter().map(|s| s.sign * ((modulus / (s.step * n + s.offset)) << s.shift) as i64);
    let (numerator, modulus) =
        (BigUint::from(numerators.sum::<i64>().unsigned_abs()), BigUint::from(modulus));
    let exponent = exponent - (bellard::EXPONENT_STEP * n) as i64;
    let bits = 40 * limbs as u64;
    let dividend = match u64::try_from(exponent) {
        Ok(exponent) => {
            (numerator * BigUint::from(2u32).modpow(&exponent.into(), &modulus) % &modulus) << bits
        }
        Err(_) => (numerator << bits) >> exponent.unsigned_abs(),
    };
    dividend / modulus
}

proptest! {
    #[test]
    fn the_scalar_kernel_sums_the_terms_as_defined(
        position in prop_oneof![1..300u64, 1..1u64 << 32, 1..=MAX_POSITION],
        share in 0.0..1.0,
        limbs in 1..5usize,
    ) {
        let all = bellard::terms(position, 40 * limbs as u64);
        let from = (all as f64 * share) as u64;
        let terms = from..(from + 5).min(all);
        let exponent = bellard::exponent(position);
        let one = BigUint::from(1u32) << (40 * limbs);
        let mut expected = BigUint::ZERO;
        for n in terms.clone() {
            let level = kernel::Level::ALL.into_iter().find(|level| level.terms().contains(&n)).unwrap();
            let mut rest = &bellard::SERIES[..];
            for group in level.groups() {
                let series;
                (series, rest) = rest.split_at(group.degree);
                let term = group_of(exponent, n, series, limbs) % &one;
                let positive = (series[0].sign > 0) == (n % 2 == 0);
                expected = if positive { expected + term } else { expected + &one - term } % &one;
            }
        }
        let job = Options::new().with_simd(Simd::Portable).job();
        let sum = sum::of_terms(position, terms, limbs, &job).unwrap();
        let expected = format!("{expected:0>width$X}", width = 10 * limbs);
        prop_assert_eq!(sum.certain_digits(10 * limbs, 0), Some(expected));
    }

    #[test]
    fn every_kernel_gives_the_same_bits(
        position in prop_oneof![1..3000u64, 1..1u64 << 26, 1..=MAX_POSITION],
        share in 0.0..1.0,
        length in 1..if cfg!(miri) { 30 } else { 9000u64 },
        limbs in 1..5usize,
        threads in 1..4usize,
    ) {
        let all = bellard::terms(position, 40 * limbs as u64);
        let from = (all as f64 * share) as u64;
        let to = (from + length).min(all);
        let options = Options::new().with_cpus(NonZeroUsize::new(threads).unwrap());
        let portable = options.clone().with_simd(Simd::Portable).job();
        let expected = sum::of_terms(position, from..to, limbs, &portable).unwrap();
        for simd in Simd::available() {
            let job = options.clone().with_simd(simd).job();
            let sum = sum::of_terms(position, from..to, limbs, &job).unwrap();
            prop_assert_eq!(&sum, &expected);
            let middle = from.midpoint(to);
            let mut parts = sum::of_terms(position, from..middle, limbs, &job).unwrap();
            parts.combine(&sum::of_terms(position, middle..to, limbs, &job).unwrap());
            prop_assert_eq!(&parts, &expected);
        }
    }
}
