//! Every instruction set against num-bigint.

use num_bigint::BigUint;
use proptest::prelude::*;

use super::*;
use crate::oracle::big;
use crate::run::Options;
use crate::simd::Simd;

/// Operands that provoke carries, of `len` limbs.
fn operand(kind: usize, len: usize) -> Vec<u64> {
    let mut state = (kind * 1_000_003 + len) as u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state ^ state >> 29
    };
    match kind {
        0 => vec![u64::MAX; len],
        1 => (0..len).map(|i| u64::from(i == len - 1) << 63).collect(),
        2 => (0..len).map(|_| if random() % 16 == 0 { random() } else { 0 }).collect(),
        3 => (0..len).map(|_| if random() % 2 == 0 { u64::MAX } else { 0 }).collect(),
        _ => (0..len).map(|_| random()).collect(),
    }
}

fn contexts() -> impl Iterator<Item = Context> {
    Simd::available().map(|simd| Context::new(&Options::new().with_simd(simd).job()))
}

fn check_product(a: &[u64], b: &[u64]) {
    let expected = big(a) * big(b);
    for cx in contexts() {
        let mut out = vec![7; a.len() + b.len() + 3];
        multiply(&mut out, a, b, &cx);
        assert!(big(&out) == expected, "{} × {} limbs, {}", a.len(), b.len(), cx.simd);
    }
}

/// Miri interprets: one short product a test is what it has time for.
const LARGEST: usize = if cfg!(miri) { 6 } else { 3000 };
const KINDS: usize = if cfg!(miri) { 1 } else { 5 };

fn lengths<const N: usize>(all: [usize; N]) -> impl Iterator<Item = usize> {
    all.into_iter().take(if cfg!(miri) { 1 } else { N })
}

#[test]
fn products_agree() {
    let mut len = if cfg!(miri) { 5 } else { 1 };
    while len < LARGEST {
        for kind in 0..KINDS {
            check_product(&operand(kind, len), &operand(4 - kind, len));
            check_product(&operand(0, len), &operand(kind, len.div_ceil(3)));
        }
        len += 1 + len / 16;
    }
}

#[test]
#[cfg_attr(miri, ignore)]
fn long_products_agree() {
    for len in [20_000, 50_000, 90_000] {
        check_product(&operand(0, len), &operand(0, len));
        check_product(&operand(4, len), &operand(3, len));
    }
}

/// Every layout with every number of rows, at the ends of the range of products that it can tell apart.
#[test]
#[cfg_attr(miri, ignore)]
fn every_plan_multiplies() {
    for layout in &layout::LAYOUTS {
        for rows in 4..=8 {
            for stride in [16, 32, 64, 128, 256] {
                let plan = Plan::with(layout, rows, stride, 1).unwrap();
                let m = plan.modulus_limbs();
                for (a, b) in [(m / 2, m / 2), (m - m / 5, m / 5), (m - 1, 1)] {
                    let (a, b) = (operand(0, a), operand(3, b));
                    let expected = big(&a) * big(&b);
                    for cx in contexts() {
                        let mut out = vec![7; a.len() + b.len()];
                        plan.product(&a, &b, &cx).write(&mut out, &cx);
                        assert!(big(&out) == expected, "{plan:?}, {}", cx.simd);
                    }
                }
            }
        }
    }
}

/// The strips of long transforms, and the threads.
#[test]
#[cfg_attr(miri, ignore)]
fn long_transforms_agree_with_short_ones() {
    let layout = &layout::LAYOUTS[if SHORT { layout::LAYOUTS.len() - 1 } else { 2 }];
    for (rows, stride) in [(4, 1 << 16), (5, 1 << 17), (7, 1 << 16), (8, 1 << 16), (6, 1 << 20)] {
        let Some(plan) = Plan::with(layout, rows, stride, 1) else {
            // So long are only those of long primes.
            assert!(SHORT && rows * stride > 1 << 20);
            continue;
        };
        let (a, b) = (operand(4, plan.modulus_limbs() - 40), operand(0, 40));
        // a·(2^2560 − 1)
        let expected = (big(&a) << 2560) - big(&a);
        for simd in Simd::available().filter(|&simd| simd != Simd::Portable) {
            let cx = Context::new(&Options::new().with_simd(simd).job()).with_threads(3);
            let mut out = vec![7; a.len() + b.len()];
            plan.product(&a, &b, &cx).write(&mut out, &cx);
            assert!(big(&out) == expected, "{rows} × {stride}, {simd}");
        }
    }
}

/// The factor 2^(64·m − 1) is a rotation, and its wrapped part crosses every thread's share.
#[test]
#[cfg_attr(miri, ignore)]
fn long_cyclic_products_wrap() {
    let plan = Plan::cyclic(60_000);
    let m = plan.modulus_limbs();
    let (a, b) = (operand(3, m), operand(1, m));
    let rotated: Vec<u64> = (0..m).map(|i| a[i] >> 1 | a[(i + 1) % m] << 63).collect();
    for simd in Simd::available().filter(|&simd| simd != Simd::Portable) {
        for threads in 1..4 {
            let cx = Context::new(&Options::new().with_simd(simd).job()).with_threads(threads);
            let mut out = vec![7; m];
            plan.product(&a, &b, &cx).write(&mut out, &cx);
            assert!(out == rotated, "{simd}, {threads} threads");
        }
    }
}

#[test]
fn squares_agree() {
    for len in lengths([5, 1, 40, 333, 1000]) {
        let a = operand(4, len);
        let expected = big(&a).pow(2);
        for cx in contexts() {
            let mut out = vec![7; 2 * a.len()];
            square(&mut out, &a, &cx);
            assert!(big(&out) == expected, "{len} limbs, {}", cx.simd);
        }
    }
}

#[test]
fn cyclic_products_wrap() {
    for len in lengths([1, 20, 100, 256, 700, 2000]) {
        let plan = Plan::cyclic(len);
        let m = plan.modulus_limbs();
        assert!(m >= len);
        let modulus = (BigUint::from(1u32) << (64 * m)) - 1u32;
        for (a, b) in [(m, len), (m, m), (3 * m + 1, m), (m, 1)].into_iter().take(KINDS) {
            for kind in 0..KINDS {
                let (a, b) = (operand(kind, a), operand(4, b));
                let expected = big(&a) * big(&b) % &modulus;
                for cx in contexts() {
                    let mut out = vec![7; m + 2];
                    let b = plan.forward(&b, &cx);
                    plan.sum_of_products(&[(&a, Factor::Spectrum(&b))], &cx).write(&mut out, &cx);
                    assert!(big(&out) % &modulus == expected, "{len} limbs, kind {kind}, {}", cx.simd);
                    assert_eq!(out[m..], [0, 0]);
                }
            }
        }
    }
}

#[test]
fn sums_of_products_agree() {
    for len in lengths([1, 30, 170, 1500]) {
        for terms in 1..if cfg!(miri) { 2 } else { 4 } {
            let plan = Plan::for_product(2 * len + 1, terms);
            let factors: Vec<_> = (0..terms).map(|t| (operand(t % 2 * 4, len), operand(0, len))).collect();
            let expected: BigUint = factors.iter().map(|(a, b)| big(a) * big(b)).sum();
            for cx in contexts() {
                let spectra: Vec<_> = factors.iter().map(|(_, b)| plan.forward(b, &cx)).collect();
                let shared: Vec<_> =
                    factors.iter().zip(&spectra).map(|((a, _), b)| (&a[..], Factor::Spectrum(b))).collect();
                let apart: Vec<_> = factors.iter().map(|(a, b)| (&a[..], Factor::Number(b))).collect();
                let sums = [plan.sum_of_products(&shared, &cx), plan.sum_of_products(&apart, &cx)];
                for (way, sum) in sums.into_iter().enumerate() {
                    let mut out = vec![7; 2 * len + 1];
                    sum.write(&mut out, &cx);
                    assert!(big(&out) == expected, "{len} limbs, {terms} terms, {}, way {way}", cx.simd);
                }
                let squares: Vec<_> = factors.iter().map(|(a, _)| (&a[..], Factor::Itself)).collect();
                let mut out = vec![7; 2 * len + 1];
                plan.sum_of_products(&squares, &cx).write(&mut out, &cx);
                assert!(big(&out) == factors.iter().map(|(a, _)| big(a).pow(2)).sum::<BigUint>());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(miri) { 1 } else { 200 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn random_products_agree(
        a in proptest::collection::vec(any::<u64>(), 1..LARGEST / 3),
        b in proptest::collection::vec(any::<u64>(), 1..LARGEST / 3),
    ) {
        check_product(&a, &b);
    }
}

/// Threads share primes where there are more of them, and passes where they share a prime.
#[test]
#[cfg_attr(miri, ignore)]
fn products_are_the_same_on_any_number_of_threads() {
    for len in [15_000, 60_000] {
        let (a, b) = (operand(4, len), operand(3, len - len / 7));
        let (plan, ring) = (Plan::for_product(a.len() + b.len(), 1), Plan::cyclic(len));
        assert!([2, 3, 5, 16, 64].iter().any(|&threads| plan.shares(threads).1 > 1));
        let products = |cx: &Context| {
            let [mut product, mut square, mut wrapped] =
                [a.len() + b.len(), 2 * len, ring.modulus_limbs()].map(|n| vec![7; n]);
            multiply(&mut product, &a, &b, cx);
            super::square(&mut square, &a, cx);
            let factors = [(&a[..], Factor::Number(&b)), (&b, Factor::Spectrum(&ring.forward(&a, cx)))];
            ring.sum_of_products(&factors, cx).write(&mut wrapped, cx);
            [product, square, wrapped]
        };
        for cx in contexts() {
            let expected = products(&cx.with_threads(1));
            for threads in [2, 3, 5, 16, 64] {
                let cx = Context::new(
                    &Options::new().with_cpus(threads.try_into().unwrap()).with_simd(cx.job.simd()).job(),
                );
                assert_eq!(cx.threads, threads);
                assert!(products(&cx) == expected, "{len} limbs, {threads} threads, {}", cx.simd);
            }
        }
    }
}
