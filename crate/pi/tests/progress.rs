//! How far the progress is from linear in time.
//!
//! By the clock on the wall: the processor time of another thread that runs may be milliseconds old.

use std::num::NonZeroUsize;
use std::thread;
use std::time::{Duration, Instant};

use compute_pi::{Handle, Options, digits};

/// The largest distance of the fraction from the share of the time that has gone by.
fn deviation(n: usize) -> f64 {
    let handle = Handle::new();
    let options = Options::new().with_threads(NonZeroUsize::MIN).with_handle(&handle);
    let start = Instant::now();
    let worker = thread::spawn(move || drop(digits(n, &options).unwrap()));
    let mut samples = Vec::new();
    while !worker.is_finished() {
        samples.push((start.elapsed().as_secs_f64(), handle.progress().fraction));
        thread::sleep(Duration::from_micros(200));
    }
    worker.join().unwrap();
    let total = start.elapsed().as_secs_f64();
    samples
        .iter()
        .map(|&(time, fraction)| fraction - time / total)
        .fold(0.0, |worst: f64, deviation| if deviation.abs() > worst.abs() { deviation } else { worst })
}

#[test]
#[ignore = "a measurement; run alone"]
fn progress_is_linear_in_time() {
    for n in [100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000] {
        let mut deviations: Vec<f64> = (0..5).map(|_| deviation(n)).collect();
        deviations.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
        let median = deviations[2];
        println!("{n} digits: {median:+.3}");
        assert!(median.abs() < 0.1, "{n} digits: {deviations:?}");
    }
}
