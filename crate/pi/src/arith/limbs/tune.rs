//! Measures where one way to multiply overtakes another, for setting [`super::Sizes`] anew:
//!
//! ```text
//! cargo test --release -p compute-pi-rs tune -- --ignored --nocapture
//! ```

use std::hint::black_box;
use std::time::{Duration, Instant};

use super::karatsuba::Base;
use super::{basecase, columns, karatsuba};
use crate::arith::ntt;
use crate::run::{Context, Options};
use crate::simd::Simd;

/// The least nanoseconds of `work` in many runs.
fn least(mut work: impl FnMut()) -> f64 {
    work();
    let begin = Instant::now();
    work();
    let runs = (20_000 / begin.elapsed().as_nanos().max(1)).max(1) as u32;
    let mut least = Duration::MAX;
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_millis(40) {
        let start = Instant::now();
        (0..runs).for_each(|_| work());
        least = least.min(start.elapsed());
    }
    least.as_nanos() as f64 / f64::from(runs)
}

#[test]
#[ignore = "measures for minutes"]
fn tune() {
    for simd in Simd::available() {
        println!(
            "{simd}: nanoseconds by rows, by columns, halved once by Karatsuba's method, by transforms; squares"
        );
        let cx = Context::new(&Options::new().with_simd(simd).job()).with_threads(1);
        let by_columns = simd != Simd::Portable;
        for n in SIZES {
            let number = |seed: u64| -> Vec<u64> {
                (1..=n as u64).map(|i| (i + seed).wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect()
            };
            let (a, b) = (number(1), number(2));
            let (a, b) = (black_box(&a[..]), black_box(&b[..]));
            let (mut out, mut scratch) = (vec![0; 2 * n], vec![0; karatsuba::scratch_len(n)]);
            let product = |out: &mut [u64], a: &[u64], b: &[u64]| {
                if by_columns { columns::products(out, &[[a, b]], cx.simd) } else { basecase::mul(out, a, b) }
            };
            let square = |out: &mut [u64], a: &[u64]| {
                if by_columns { columns::products(out, &[[a, a]], cx.simd) } else { basecase::square(out, a) }
            };
            let below = n.div_ceil(2) + 1;
            let times = [
                least(|| basecase::mul(&mut out, a, b)),
                least(|| product(&mut out, a, b)),
                least(|| karatsuba::mul(&mut out, a, b, &mut scratch, &Base { below, product })),
                least(|| ntt::multiply(&mut out, a, b, &cx)),
                least(|| basecase::square(&mut out, a)),
                least(|| square(&mut out, a)),
                least(|| karatsuba::square(&mut out, a, &mut scratch, &Base { below, product: square })),
                least(|| ntt::square(&mut out, a, &cx)),
            ];
            println!("{n:5} {}", times.map(|time| format!("{time:9.0}")).join(""));
        }
    }
}

const SIZES: [usize; 21] =
    [4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 80, 100, 128, 160, 200, 240, 280, 320, 360, 400];
