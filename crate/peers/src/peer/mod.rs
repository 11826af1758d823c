//! The libraries that are compared.

mod chudnovsky;
mod dashu;
mod factored;
mod flint;
mod gmp;
mod malachite;
mod num_bigint;
mod ours;
mod v8;

use std::time::{Duration, Instant};

use ::compute_pi::{Algorithm, Simd};
use cpu_time::ProcessTime;
pub use flint::HAS_FFT_SMALL;
pub use v8::V8;

/// One computation.
pub struct Run {
    /// From the call to the last digit of the text.
    pub time: Duration,
    /// The processor time of all threads.
    pub processor: Duration,
    /// The digits as text, without a point.
    pub digits: Vec<u8>,
    /// How much the peak of the process's memory rose, in bytes; of use in a process's first run alone.
    pub peak: u64,
}

/// One library, one way of computing pi, with a number of threads.
pub struct Peer {
    /// Its name on the command line and in the table.
    pub name: String,
    pub threads: usize,
    library: Library,
}

/// From the number of digits to the digits.
type Digits = fn(usize) -> Vec<u8>;

enum Library {
    InProcess(Digits),
    Ours(Algorithm, Simd),
    V8(Option<V8>),
}

impl Peer {
    /// All of them, those that have threads once for each number of threads.
    pub fn all(threads: &[usize]) -> Vec<Self> {
        let mut peers = Vec::new();
        for &threads in threads {
            peers.push(Self { name: "flint".into(), threads, library: Library::InProcess(flint::digits) });
            for simd in Simd::available() {
                let library = Library::Ours(Algorithm::Chudnovsky, simd);
                peers.push(Self { name: format!("ours-{simd}"), threads, library });
            }
        }
        let alone: [(&str, Digits); 5] = [
            ("gmp", chudnovsky::digits::<rug::Integer>),
            ("gmp-factored", factored::digits),
            ("malachite", chudnovsky::digits::<malachite_nz::integer::Integer>),
            ("dashu", chudnovsky::digits::<dashu_int::IBig>),
            ("num-bigint", chudnovsky::digits::<::num_bigint::BigInt>),
        ];
        peers.extend(alone.map(|(name, digits)| Self {
            name: name.into(),
            threads: 1,
            library: Library::InProcess(digits),
        }));
        peers.push(Self { name: "v8".into(), threads: 1, library: Library::V8(None) });
        let spigot = Library::Ours(Algorithm::Spigot, Simd::detect());
        peers.push(Self { name: "spigot".into(), threads: 1, library: spigot });
        peers
    }

    /// Whether a name on the command line means this peer; `ours` is the fastest level.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || name == "ours" && self.name == format!("ours-{}", Simd::detect())
    }

    /// The first `n` digits.
    pub fn run(&mut self, n: usize) -> Run {
        flint::use_threads(self.threads);
        let before = peak_memory("self");
        let (start, processor) = (Instant::now(), ProcessTime::now());
        let digits = match &mut self.library {
            Library::InProcess(digits) => digits(n),
            Library::Ours(algorithm, simd) => ours::digits(n, self.threads, *algorithm, *simd),
            Library::V8(v8) => return v8.get_or_insert_with(V8::start).run(n),
        };
        let time = start.elapsed();
        Run { time, processor: processor.elapsed(), digits, peak: peak_memory("self") - before }
    }
}

/// The peak of a process's resident memory, in bytes.
fn peak_memory(process: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("Linux's /proc");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    let kilobytes = line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number");
    1024 * kilobytes
}
