//! The products by columns of every instruction set against those by rows.

use super::products;
use crate::arith::limbs::{add_assign, basecase};
use crate::simd::{Detected, Simd};

/// Limbs of a kind: without a pattern, all ones, or runs of ones and zeros, so that carries run far.
fn limbs(seed: u64, count: usize, kind: usize) -> Vec<u64> {
    let mut state = seed;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state ^ state >> 29
    };
    (0..count)
        .map(|_| match kind {
            0 => next(),
            1 => u64::MAX,
            2 => [0, u64::MAX][next() as usize % 2],
            _ => [0, 1, u64::MAX, 1 << 63, next()][next() as usize % 5],
        })
        .collect()
}

fn by_rows(a: &[u64], b: &[u64], len: usize) -> Vec<u64> {
    let mut out = vec![0; a.len() + b.len()];
    basecase::mul(&mut out, a, b);
    out.resize(len, 0);
    out
}

fn levels() -> impl Iterator<Item = Detected> {
    Simd::available().map(Simd::token)
}

/// Sizes for each change in Miri, which takes minutes for those of the tests below.
#[test]
fn short_products_are_those_by_rows() {
    check_products(1, 4, 4);
    check_sums(1, 4, 4);
}

#[test]
fn products_are_those_by_rows() {
    let (short, step, max) = if cfg!(miri) { (4, 61, 130) } else { (70, 37, 420) };
    check_products(short, step, max);
}

fn check_products(short: usize, step: usize, max: usize) {
    for simd in levels() {
        for n in (1usize..short).chain((short..=max).step_by(step)).chain([max]) {
            for m in [1, n / 3 + 1, n - n / 9, n] {
                for kind in 0..4 {
                    let (a, b) = (limbs(n as u64, n, kind), limbs(m as u64 + 7, m, (kind + n) % 4));
                    let mut out = vec![7; n + m];
                    products(&mut out, &[[&a, &b]], simd);
                    assert!(out == by_rows(&a, &b, n + m), "{simd}: {n} by {m} limbs of the kind {kind}");
                }
            }
        }
    }
}

#[test]
fn sums_of_two_products_are_those_by_rows() {
    let (short, step, max) = if cfg!(miri) { (3, 61, 90) } else { (40, 61, 420) };
    check_sums(short, step, max);
}

fn check_sums(short: usize, step: usize, max: usize) {
    for simd in levels() {
        for n in (1usize..short).chain((short..=max).step_by(step)).chain([max]) {
            for (m, k, l) in [(n, n, n), (n.div_ceil(2), 1, 1), (1, n - n / 5, n / 7 + 1), (n / 3 + 1, n, n)]
            {
                for kind in 0..4 {
                    let [a, b] = [n, m].map(|n| limbs(n as u64, n, kind));
                    let [c, d] = [k, l].map(|n| limbs(n as u64 + 3, n, (kind + 1) % 4));
                    let (c, d) = if kind == 1 { (a.clone(), b.clone()) } else { (c, d) };
                    let len = (a.len() + b.len()).max(c.len() + d.len()) + 1;
                    let (c, d) = if c.len() < d.len() { (d, c) } else { (c, d) };
                    let mut out = vec![7; len];
                    products(&mut out, &[[&a, &b], [&c, &d]], simd);
                    let mut sum = by_rows(&a, &b, len);
                    add_assign(&mut sum, &by_rows(&c, &d, len));
                    assert!(out == sum, "{simd}: {n} by {m} and {k} by {l} limbs of the kind {kind}");
                }
            }
        }
    }
}
