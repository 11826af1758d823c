//! compute-pi timed against its peers, alternating in one process.

mod peer;

use std::time::{Duration, Instant};

use clap::Parser;
use peer::{PEERS, Peer};

/// Times the first n digits of pi as text, each peer in turn, and checks that all give the same digits.
#[derive(Parser)]
struct Arguments {
    /// How many digits; several sizes separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "1000000")]
    digits: Vec<usize>,
    /// Which peers, by name, separated by commas; the first is the one that ratios are taken to.
    #[arg(long, value_delimiter = ',', default_value = "flint,ours")]
    peers: Vec<String>,
    /// How many times each peer runs at each size.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Threads that each peer may use.
    #[arg(long, default_value_t = 1)]
    threads: usize,
}

fn main() {
    let arguments = Arguments::parse();
    let peers: Vec<&Peer> = arguments
        .peers
        .iter()
        .map(|name| PEERS.iter().find(|peer| peer.name == name).unwrap_or_else(|| panic!("no peer {name}")))
        .collect();
    println!("FLINT has fft_small: {}", peer::HAS_FFT_SMALL);
    for &n in &arguments.digits {
        let mut best = vec![Duration::MAX; peers.len()];
        for round in 0..arguments.rounds {
            let mut expected = None;
            for (peer, best) in peers.iter().zip(&mut best) {
                let start = Instant::now();
                let digits = (peer.digits)(n, arguments.threads);
                *best = start.elapsed().min(*best);
                assert_eq!(digits.len(), n, "{} gave another number of digits", peer.name);
                assert!(
                    *expected.get_or_insert(digits.clone()) == digits,
                    "{} disagrees at {n} digits, round {round}",
                    peer.name
                );
            }
        }
        for (peer, time) in peers.iter().zip(&best) {
            println!(
                "{n:>10} {:<8} {:>12.3?} {:>7.3}",
                peer.name,
                time,
                time.as_secs_f64() / best[0].as_secs_f64()
            );
        }
    }
}
