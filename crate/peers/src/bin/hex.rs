//! `hex::digits` at each instruction set against a plain loop over 64-bit integers, alternating, on one thread; processor time.

use std::num::NonZeroUsize;
use std::time::Duration;

use clap::Parser;
use compute_pi::{Options, Simd, hex};
use cpu_time::ProcessTime;

/// Times eight hexadecimal digits of pi from a position on.
#[derive(Parser)]
struct Arguments {
    /// The positions, separated by commas; below 10^9.
    #[arg(long, value_delimiter = ',', default_value = "1000000,10000000")]
    positions: Vec<u64>,
    /// How many times each runs.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
}

fn main() {
    let arguments = Arguments::parse();
    println!("{:>10}  {:<10} {:>10} {:>8}", "position", "", "seconds", "ratio");
    for position in arguments.positions {
        let levels: Vec<Simd> = Simd::available().collect();
        let mut best = vec![Duration::MAX; levels.len() + 1];
        for _ in 0..arguments.rounds {
            let mut plain = 0.0;
            best[0] = best[0].min(timed(|| plain = plain_loop(position)));
            for (&simd, best) in levels.iter().zip(&mut best[1..]) {
                let options = Options::new().with_simd(simd).with_threads(NonZeroUsize::MIN);
                let mut digits = String::new();
                *best = timed(|| digits = hex::digits(position, 8, &options).expect("a position in range"))
                    .min(*best);
                let fraction = u32::from_str_radix(&digits, 16).expect("digits") as f64 / 2f64.powi(32);
                assert!((fraction - plain).abs() < 1e-6, "{simd} and the plain loop differ");
            }
        }
        for (name, time) in ["plain loop"].into_iter().chain(levels.iter().map(|simd| simd.name())).zip(&best)
        {
            let ratio = best[0].as_secs_f64() / time.as_secs_f64();
            println!("{position:>10}  {name:<10} {:>10.4} {ratio:>8.1}", time.as_secs_f64());
        }
    }
}

fn timed(f: impl FnOnce()) -> Duration {
    let start = ProcessTime::now();
    f();
    start.elapsed()
}

/// The fraction of 16^(position − 1)·pi by Bellard's formula, as it is usually written, to about six digits.
fn plain_loop(position: u64) -> f64 {
    const SERIES: [(f64, u64, u64, u64); 7] = [
        (-1.0, 5, 4, 1),
        (-1.0, 0, 4, 3),
        (1.0, 8, 10, 1),
        (-1.0, 6, 10, 3),
        (-1.0, 2, 10, 5),
        (-1.0, 2, 10, 7),
        (1.0, 0, 10, 9),
    ];
    let bits = 4 * (position as i64 - 1) - 6;
    let mut sum: f64 = 0.0;
    for n in 0..=(4 * position + 60) / 10 {
        for (sign, shift, step, offset) in SERIES {
            let modulus = step * n + offset;
            let exponent = bits + shift as i64 - 10 * n as i64;
            let fraction = match u64::try_from(exponent) {
                Ok(exponent) => power_of_two(exponent, modulus) as f64 / modulus as f64,
                Err(_) => 2f64.powi(exponent as i32) / modulus as f64,
            };
            sum += if n.is_multiple_of(2) { sign * fraction } else { -sign * fraction };
            sum -= sum.floor();
        }
    }
    sum
}

/// 2^exponent modulo a modulus below 2^32.
fn power_of_two(mut exponent: u64, modulus: u64) -> u64 {
    let (mut power, mut base) = (1 % modulus, 2 % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = power * base % modulus;
        }
        base = base * base % modulus;
        exponent >>= 1;
    }
    power
}
