//! compute-pi timed against its peers, alternating in one process.

mod machine;
mod peer;
mod table;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use addon_allocator::Allocator;
use clap::Parser;
use peer::Peer;
use table::{Measurement, Table};

/// That of the addon, for all peers in Rust alike.
#[global_allocator]
static ALLOCATOR: Allocator = Allocator::new();

/// Times the first n digits of pi as text, the peers in turn, and checks that all give the same digits.
#[derive(Parser)]
struct Arguments {
    /// How many digits; several sizes, rising, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "1000,10000,100000,1000000,10000000,100000000")]
    digits: Vec<usize>,
    /// Which peers, by name, separated by commas (`ours` is the fastest of ours); all unless given.
    #[arg(long, value_delimiter = ',')]
    peers: Vec<String>,
    /// How many times each peer runs at each size, at most.
    #[arg(long, default_value_t = 9)]
    rounds: u32,
    /// Threads for those that have them: each of these numbers.
    #[arg(long, value_delimiter = ',', default_value = "1,2")]
    threads: Vec<usize>,
    /// Seconds for each peer at each size: one that would take longer for one run is left out.
    #[arg(long, default_value_t = 90.0)]
    budget: f64,
    /// Measures each peer in a fresh process too: its peak of memory, and its time from cold.
    #[arg(long)]
    cold: bool,
    /// Writes the table as JSON, too.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Runs the one peer once, and prints seconds and bytes; what `--cold` starts.
    #[arg(long, hide = true)]
    once: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let mut peers = Peer::all(&arguments.threads);
    if !arguments.peers.is_empty() {
        for name in &arguments.peers {
            assert!(peers.iter().any(|peer| peer.is_called(name)), "there is no peer {name}");
        }
        peers.retain(|peer| arguments.peers.iter().any(|name| peer.is_called(name)));
    }
    if arguments.once {
        let run = peers[0].run(arguments.digits[0]);
        println!("{} {}", run.time.as_secs_f64(), run.peak);
        return;
    }
    let mut table = Table::new(peer::HAS_FFT_SMALL);
    println!("{}", table.header());
    let mut budgets: Vec<Budget> = peers.iter().map(|_| Budget::new(arguments.budget)).collect();
    for &n in &arguments.digits {
        for measurement in measure(n, &mut peers, &mut budgets, &arguments) {
            table.push(measurement);
        }
        print!("{}", table.rows(n));
        if let Some(path) = &arguments.json {
            std::fs::write(path, table.json()).expect("the file can be written");
        }
    }
}

/// All peers at one size, in turn, round after round.
fn measure(n: usize, peers: &mut [Peer], budgets: &mut [Budget], arguments: &Arguments) -> Vec<Measurement> {
    let mut times: BTreeMap<usize, Vec<Duration>> = BTreeMap::new();
    let mut processor: Vec<Duration> = vec![Duration::MAX; peers.len()];
    let mut expected: Option<Vec<u8>> = None;
    for round in 0..arguments.rounds {
        for (index, (peer, budget)) in peers.iter_mut().zip(&mut *budgets).enumerate() {
            if !budget.allows(n, round) {
                continue;
            }
            let start = Instant::now();
            let run = peer.run(n);
            budget.spend(n, start.elapsed());
            assert_eq!(run.digits.len(), n, "{} gave another number of digits", peer.name);
            let expected = expected.get_or_insert_with(|| run.digits.clone());
            assert!(*expected == run.digits, "{} disagrees at {n} digits", peer.name);
            times.entry(index).or_default().push(run.time);
            processor[index] = processor[index].min(run.processor);
        }
    }
    times
        .into_iter()
        .map(|(index, mut times)| {
            times.sort();
            let Peer { name, threads, .. } = &peers[index];
            let cold = arguments.cold.then(|| once(name, *threads, n));
            Measurement {
                peer: name.clone(),
                threads: *threads,
                digits: n,
                runs: times.len(),
                seconds: times[0].as_secs_f64(),
                median_seconds: times[times.len() / 2].as_secs_f64(),
                processor_seconds: processor[index].as_secs_f64(),
                cold_seconds: cold.map(|(seconds, _)| seconds),
                peak_bytes: cold.map(|(_, bytes)| bytes),
            }
        })
        .collect()
}

/// One run in a fresh process: seconds, and bytes of memory at the peak above those at the start.
fn once(name: &str, threads: usize, n: usize) -> (f64, u64) {
    let output = Command::new(std::env::current_exe().expect("our own path"))
        .args(["--once", "--peers", name, "--threads", &threads.to_string(), "--digits", &n.to_string()])
        .output()
        .expect("our own program starts");
    assert!(output.status.success(), "{name} fails in a fresh process");
    let text = String::from_utf8(output.stdout).expect("text");
    let (seconds, bytes) = text.trim().split_once(' ').expect("two numbers");
    (seconds.parse().expect("seconds"), bytes.parse().expect("bytes"))
}

/// The time that one peer may spend at a size, and the one that is expected.
struct Budget {
    seconds: f64,
    left: f64,
    /// The digits and the seconds of the last run at a size, and at the size before it.
    last: Option<(usize, f64)>,
    before: Option<(usize, f64)>,
}

impl Budget {
    fn new(seconds: f64) -> Self {
        Self { seconds, left: seconds, last: None, before: None }
    }

    fn allows(&mut self, n: usize, round: u32) -> bool {
        if round == 0 {
            self.left = self.seconds;
        }
        self.prediction(n) <= self.left
    }

    fn spend(&mut self, n: usize, time: Duration) {
        self.left -= time.as_secs_f64();
        if self.last.is_some_and(|(last, _)| last != n) {
            self.before = self.last;
        }
        self.last = Some((n, time.as_secs_f64()));
    }

    /// The time of a run: the last two sizes give the power of n that it grows with.
    fn prediction(&self, n: usize) -> f64 {
        let Some((last, seconds)) = self.last else { return 0.0 };
        let power = self
            .before
            .map_or(1.3, |(before, earlier)| (seconds / earlier).ln() / (last as f64 / before as f64).ln());
        seconds * (n as f64 / last as f64).powf(power.max(1.1))
    }
}
