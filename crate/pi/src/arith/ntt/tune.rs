//! Measures what [`Plan::cost`] models, for setting its constants anew:
//!
//! ```text
//! cargo test --release -p compute-pi-rs tune -- --ignored --nocapture
//! ```

use std::time::{Duration, Instant};

use super::layout::LAYOUTS;
use super::{Context, Plan};
use crate::run::Options;
use crate::simd::Simd;

/// The least time of `work` in many runs.
fn least(mut work: impl FnMut()) -> Duration {
    let begin = Instant::now();
    let mut least = Duration::MAX;
    for run in 0.. {
        if run > 4 && begin.elapsed() > Duration::from_millis(60) {
            break;
        }
        let start = Instant::now();
        work();
        least = least.min(start.elapsed());
    }
    least
}

#[test]
#[ignore = "measures for minutes"]
fn tune() {
    for simd in Simd::available().filter(|&simd| simd != Simd::Portable) {
        println!(
            "{simd}: picoseconds a point; cost, time of a product, of its inverse transform with all that follows"
        );
        let cx = Context::new(&Options::new().with_simd(simd).job()).with_threads(1);
        for primes in 3..=6 {
            for log in 6..=20 {
                for rows in 4..=8 {
                    let stride = (1 << log) / 8;
                    if stride < 16 {
                        continue;
                    }
                    let layouts = LAYOUTS.iter().filter(|layout| layout.primes == primes);
                    let Some(plan) = layouts.filter_map(|layout| Plan::with(layout, rows, stride, 1)).next()
                    else {
                        continue;
                    };
                    let m = plan.modulus_limbs();
                    let (a, b) = (vec![u64::MAX; m / 2], vec![!0x5555; m / 2]);
                    let mut out = vec![0; m];
                    let product = least(|| plan.product(&a, &b, &cx).write(&mut out, &cx));
                    let forward = least(|| drop(plan.product(&a, &b, &cx)));
                    let picoseconds =
                        |time: Duration| time.as_nanos() as f64 * 1000.0 / (rows * stride) as f64;
                    println!(
                        "{primes} primes {rows} × 2^{:2}: {:6.0} {:6.0} {:6.0}   {:4.0} a limb",
                        stride.ilog2(),
                        plan.cost() as f64 / (rows * stride) as f64,
                        picoseconds(product),
                        picoseconds(product) - picoseconds(forward),
                        product.as_nanos() as f64 / m as f64,
                    );
                }
            }
        }
    }
}
