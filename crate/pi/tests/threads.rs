//! Threads follow the work: the same digits, and no more threads than the work feeds, however many are asked for.

use std::num::NonZeroUsize;

use compute_pi::{Algorithm, DigitStream, Options, digits, estimate, hex};

/// The options on a machine with so many CPUs.
fn on(threads: usize) -> Options {
    Options::new().with_cpus(NonZeroUsize::new(threads).unwrap())
}

/// The thread counts up to 1024 from which on a computation of so many digits may do something else: where its estimate
/// changes, and around each power of two, where the ranges of terms are halved.
fn counts(n: usize) -> Vec<usize> {
    let plan = |threads| estimate(n, &on(threads));
    (1..=1024)
        .filter(|&threads: &usize| {
            threads == 1024
                || threads.is_power_of_two()
                || (threads - 1).is_power_of_two()
                || threads == 1
                || plan(threads) != plan(threads - 1)
        })
        .collect()
}

/// The digits of pi from which on there are so many terms.
fn digits_of_terms(terms: usize) -> usize {
    (terms as f64 * 14.1816474627) as usize
}

#[test]
fn digits_are_the_same_on_any_number_of_threads() {
    // Around the first terms, digits, limbs and points that feed two threads and more.
    let splits = [digits_of_terms(2000), 20_000, digits_of_terms(4000), 77_000, digits_of_terms(8000)];
    let sizes = splits.iter().flat_map(|&n| [n - 100, n - 30, n, n + 30, n + 100]);
    for n in sizes.chain([1, 50, 1000, 28_500, 29_000, 57_700, 115_800, 200_000]) {
        let expected = digits(n, &on(1)).unwrap();
        for threads in counts(n) {
            let found = digits(n, &on(threads)).unwrap();
            assert!(found == expected, "{n} digits on {threads} threads");
        }
    }
}

#[test]
fn every_number_of_threads_up_to_1024_gives_the_digits() {
    let n = 28_500;
    let expected = digits(n, &on(1)).unwrap();
    for threads in 1..=1024 {
        assert!(digits(n, &on(threads)).unwrap() == expected, "{threads} threads");
    }
}

#[test]
fn other_functions_take_any_number_of_threads() {
    let n = 60_000;
    let expected = digits(n, &on(1)).unwrap();
    let hex = hex::digits(100_000, 20, &on(1)).unwrap();
    for threads in [1, 2, 3, 5, 64, 129, 1024] {
        let verified = on(threads).with_verification();
        assert!(*digits(n, &verified).unwrap() == *expected);
        let mut stream = DigitStream::new(n, &on(threads)).unwrap();
        let mut rest = &expected[..];
        while !rest.is_empty() {
            let chunk = stream.read_chunk(7000).unwrap();
            assert!(rest.starts_with(&chunk));
            rest = &rest[chunk.len()..];
        }
        assert_eq!(hex::digits(100_000, 20, &on(threads)).unwrap(), hex);
        assert_eq!(*digits(100, &on(threads).with_algorithm(Algorithm::Spigot)).unwrap(), expected[..100]);
    }
}

#[test]
fn threads_that_are_not_fed_need_no_memory() {
    for n in [1000, 28_500, 100_000] {
        let most = estimate(n, &on(n / 1000 + 2));
        assert_eq!(estimate(n, &on(1024)), most, "{n} digits");
    }
    let [few, many] = [8, 1024].map(|threads| estimate(3_000_000, &on(threads)).memory);
    assert!(many < 3 * few, "{few} and {many} bytes");
}
