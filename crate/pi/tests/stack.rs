//! The stack that a computation takes, beside the one that the library gives its threads.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use std::fs::read_to_string;
use std::num::NonZeroUsize;
use std::thread::Builder;

use compute_pi::hex::{self, Cut};
use compute_pi::{Algorithm, DigitStream, Options, Simd, THREAD_STACK, digits};

/// Bytes of this thread's stack that were ever touched: it is a mapping of its own, and the kernel counts its pages.
fn touched() -> usize {
    let local = 0u8;
    let here = &raw const local as usize;
    let maps = read_to_string("/proc/self/smaps").unwrap();
    let mut is_here = false;
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        if let Some((from, to)) = first.split_once('-')
            && let (Ok(from), Ok(to)) = (usize::from_str_radix(from, 16), usize::from_str_radix(to, 16))
        {
            is_here = (from..to).contains(&here);
        } else if is_here && first == "Rss:" {
            return 1024 * words.next().unwrap().parse::<usize>().unwrap();
        }
    }
    panic!("no mapping holds the stack");
}

fn compute_all(simd: Simd) {
    let options = Options::new().with_threads(NonZeroUsize::MIN).with_simd(simd);
    for n in [1, 1000, 3000, 10_000, 30_000, 100_000, 300_000] {
        digits(n, &options.clone().with_verification()).unwrap();
    }
    digits(1000, &options.clone().with_algorithm(Algorithm::Spigot)).unwrap();
    let mut stream = DigitStream::new(200_000, &options).unwrap();
    while !stream.read_chunk(1000).unwrap().is_empty() {}
    for (position, count) in [(1000, 8), (30_000, 1000), (1000, 10_000)] {
        hex::digits(position, count, &options).unwrap();
    }
    hex::plan(100_000, 8, Cut::Jobs(10), &options).unwrap();
}

#[test]
fn a_computation_takes_a_quarter_of_its_stack_at_most() {
    for simd in Simd::available() {
        let work = move || {
            compute_all(simd);
            touched()
        };
        let touched = Builder::new().stack_size(THREAD_STACK).spawn(work).unwrap().join().unwrap();
        println!("{simd}: {touched} bytes of {THREAD_STACK}");
        assert!(touched > 4096 && touched <= THREAD_STACK / 4, "{simd}: {touched} bytes");
    }
}
