//! Processor time of a term at every instruction set, in short ranges spread over the whole sum for each position.
//!
//! usage: cargo run --release -- POSITION…
//!
//! Prints a line for each place: position, terms of the whole sum, instruction set, and the nanoseconds a term of each
//! of three runs.

use std::num::NonZeroUsize;
use std::time::Duration;

use compute_pi::hex::{self, Range};
use compute_pi::{Options, Simd};
use cpu_time::ProcessTime;

/// The sum is divided into so many pieces of equal length, and the middle of each is measured.
const PLACES: u64 = 16;
const RUNS: usize = 3;
const COUNT: usize = 16;
/// Whole strips, as the engine cuts them.
const STRIP: u64 = 4096;
const LEAST_TIME: Duration = Duration::from_millis(15);

fn main() {
    for argument in std::env::args().skip(1) {
        let position = argument.parse().expect("a position");
        let terms = hex::terms(position, COUNT).expect("a position in range");
        for simd in Simd::available() {
            for place in 0..PLACES {
                let times = measure(position, simd, terms * place / PLACES..terms * (place + 1) / PLACES);
                println!("{position} {terms} {} {}", simd.name(), times.join(" "));
            }
        }
    }
}

fn measure(position: u64, simd: Simd, piece: std::ops::Range<u64>) -> Vec<String> {
    let length = piece.end - piece.start;
    let mut sample = STRIP.min(length);
    while sample < length && time(position, simd, &piece, sample) < LEAST_TIME {
        sample = length.min(2 * sample);
    }
    let nanoseconds = |_| time(position, simd, &piece, sample).as_secs_f64() / sample as f64 * 1e9;
    (0..RUNS).map(nanoseconds).map(|time| format!("{time:.3}")).collect()
}

fn time(position: u64, simd: Simd, piece: &std::ops::Range<u64>, sample: u64) -> Duration {
    let from = piece.start + (piece.end - piece.start - sample) / 2;
    let options = Options::new().with_simd(simd).with_threads(NonZeroUsize::MIN);
    let began = ProcessTime::now();
    hex::partial(&Range { position, count: COUNT, from, to: from + sample }, &options)
        .expect("a range of terms");
    began.elapsed()
}
