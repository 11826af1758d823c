//! The cost of verification, and that it passes where published digits do.

use std::num::NonZeroUsize;
use std::time::Duration;

use compute_pi::{Options, digits};
use cpu_time::ProcessTime;

fn time(n: usize, options: &Options) -> Duration {
    let start = ProcessTime::now();
    digits(n, options).unwrap();
    start.elapsed()
}

/// The least processor time of many runs with verification, and without it, taken in turns.
fn least(n: usize, runs: usize) -> [Duration; 2] {
    let plain = Options::new().with_threads(NonZeroUsize::MIN);
    let options = [plain.clone().with_verification(), plain];
    let times = (0..runs).map(|_| [0, 1].map(|i| time(n, &options[i])));
    times.reduce(|[a, b], [c, d]| [a.min(c), b.min(d)]).unwrap()
}

#[test]
#[ignore = "a measurement; run alone, in release"]
fn verification_costs_little() {
    for n in [10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000]
    {
        let [verified, plain] = least(n, (20_000_000 / n).clamp(5, 400));
        let extra = verified.as_secs_f64() / plain.as_secs_f64() - 1.0;
        println!("{n} digits: {plain:?}, verified {verified:?}: {:.1} % more", 100.0 * extra);
        assert!(extra < 0.15, "{n} digits: {:.1} % more", 100.0 * extra);
    }
}
