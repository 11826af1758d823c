//! Published digits of pi, and the two algorithms against each other.

use compute_pi::{Algorithm, Options, digits};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

/// The pairs of a number of decimals and what is known of them.
fn table(text: &'static str) -> impl Iterator<Item = (usize, &'static str)> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let (n, known) = line.split_once('\t').expect("two columns");
        (n.parse().expect("a number of decimals"), known)
    })
}

/// "3." and n decimals.
fn text(n: usize) -> Vec<u8> {
    let digits = digits(n + 1, &Options::new()).unwrap();
    let mut text: Vec<u8> = digits.iter().map(|digit| b'0' + digit).collect();
    text.insert(1, b'.');
    text
}

/// Compares with every checkpoint from `min` to `max` decimals; how many there were.
fn check(min: usize, max: usize) -> usize {
    let within = move |&(n, _): &(usize, &str)| n >= min && n <= max;
    let mut checked = 0;
    for (n, known) in table(include_str!("data/checkpoints.tsv")).filter(within) {
        let hash: String = Sha256::digest(text(n)).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, known, "the SHA-256 of {n} decimals");
        checked += 1;
    }
    for (n, known) in table(include_str!("data/last_decimals.tsv")).filter(within) {
        assert_eq!(text(n)[n - 8..], *known.as_bytes(), "the last of {n} decimals");
        checked += 1;
    }
    checked
}

#[test]
fn checkpoints_to_a_million() {
    assert_eq!(check(0, 1_000_000), 7);
}

#[test]
fn checkpoints_to_ten_million() {
    assert_eq!(check(5_000_000, 10_000_000), 3);
}

#[test]
#[ignore = "takes minutes and gigabytes"]
fn checkpoints_to_a_hundred_million() {
    assert_eq!(check(25_000_000, 100_000_000), 3);
}

#[test]
fn the_spigot_agrees() {
    let spigot = digits(20_000, &Options::new().with_algorithm(Algorithm::Spigot)).unwrap();
    for n in 0..=3000 {
        assert_eq!(*digits(n, &Options::new()).unwrap(), spigot[..n], "{n} digits");
    }
    proptest!(|(n in 3000..=20_000usize)| {
        prop_assert_eq!(&*digits(n, &Options::new()).unwrap(), &spigot[..n]);
    });
}
