//! `hex::digits` at each instruction set against a plain loop over 64-bit integers, and against other programs, alternating, on
//! one thread; processor time.

#[path = "../machine.rs"]
mod machine;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use clap::Parser;
use compute_pi::{Options, Simd, hex};
use cpu_time::ProcessTime;
use machine::Machine;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use serde::Serialize;

/// Times eight hexadecimal digits of pi from a position on.
#[derive(Parser)]
struct Arguments {
    /// The positions, separated by commas; below 10^9.
    #[arg(long, value_delimiter = ',', default_value = "1000000,10000000")]
    positions: Vec<u64>,
    /// How many times each runs.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// Another program, as NAME=COMMAND: words, in which {} is the position. May be given several times.
    #[arg(long = "program", value_parser = Program::parse)]
    programs: Vec<Program>,
    /// Writes the table as JSON, too.
    #[arg(long)]
    json: Option<PathBuf>,
}

/// A program that prints digits.
#[derive(Clone)]
struct Program {
    name: String,
    command: String,
}

impl Program {
    fn parse(text: &str) -> Result<Self, String> {
        let (name, command) = text.split_once('=').ok_or("it has to be NAME=COMMAND")?;
        Ok(Self { name: name.to_owned(), command: command.to_owned() })
    }

    /// The processor time that it takes, all its threads together.
    fn time(&self, position: u64) -> Duration {
        let words: Vec<String> =
            self.command.split_whitespace().map(|word| word.replace("{}", &position.to_string())).collect();
        let before = of_children();
        let status = Command::new(&words[0]).args(&words[1..]).stdout(Stdio::null()).status();
        assert!(status.expect("the program starts").success(), "{} failed", self.name);
        of_children() - before
    }
}

/// The processor time of all processes that this one has waited for.
fn of_children() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    let microseconds = (usage.user_time() + usage.system_time()).num_microseconds();
    Duration::from_micros(microseconds as u64)
}

/// The least time of one at one position.
#[derive(Serialize)]
struct Measurement {
    name: String,
    position: u64,
    processor_seconds: f64,
}

/// All measurements, and the machine that made them.
#[derive(Serialize)]
struct Table {
    #[serde(flatten)]
    machine: Machine,
    rounds: u32,
    measurements: Vec<Measurement>,
}

fn main() {
    let Arguments { positions, rounds, programs, json } = Arguments::parse();
    let mut table = Table { machine: Machine::new(), rounds, measurements: Vec::new() };
    println!("{:>10}  {:<16} {:>10} {:>8}", "position", "", "seconds", "ratio");
    for position in positions {
        let measured = measure(position, rounds, &programs);
        let slowest = measured[0].processor_seconds;
        for Measurement { name, processor_seconds, .. } in &measured {
            println!(
                "{position:>10}  {name:<16} {processor_seconds:>10.4} {:>8.1}",
                slowest / processor_seconds
            );
        }
        table.measurements.extend(measured);
    }
    if let Some(path) = json {
        let text = serde_json::to_string_pretty(&table).expect("the table is plain data") + "\n";
        std::fs::write(path, text).expect("the file can be written");
    }
}

/// The plain loop first, then ours, then the other programs.
fn measure(position: u64, rounds: u32, programs: &[Program]) -> Vec<Measurement> {
    let levels: Vec<Simd> = Simd::available().collect();
    let names = ["plain loop"].into_iter().chain(levels.iter().map(|simd| simd.name()));
    let mut best: Vec<(&str, Duration)> = names
        .chain(programs.iter().map(|program| &*program.name))
        .map(|name| (name, Duration::MAX))
        .collect();
    for _ in 0..rounds {
        let mut plain = 0.0;
        let mut times = vec![timed(|| plain = plain_loop(position))];
        for &simd in &levels {
            let options = Options::new().with_simd(simd).with_threads(NonZeroUsize::MIN);
            let mut digits = String::new();
            times.push(timed(|| digits = hex::digits(position, 8, &options).expect("a position in range")));
            let fraction = u32::from_str_radix(&digits, 16).expect("digits") as f64 / 2f64.powi(32);
            assert!((fraction - plain).abs() < 1e-6, "{simd} and the plain loop differ");
        }
        times.extend(programs.iter().map(|program| program.time(position)));
        for ((_, best), time) in best.iter_mut().zip(times) {
            *best = time.min(*best);
        }
    }
    best.into_iter()
        .map(|(name, time)| Measurement {
            name: name.to_owned(),
            position,
            processor_seconds: time.as_secs_f64(),
        })
        .collect()
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
