//! About how long work takes one thread, in seconds: enough to tell calls of milliseconds from those of minutes and days.

use compute_pi::{Algorithm, hex};

/// A binary logarithm's square and a digit of the series, on a machine with AVX2.
const SERIES: f64 = 2.7e-10;
/// The square of a digit's place, of the spigot.
const SPIGOT: f64 = 1.5e-8;
/// A term of the hexadecimal sum, and what each digit adds to it.
const TERM: f64 = 2e-7;
const DIGIT: f64 = 5e-9;
/// The share of the conversion to decimal.
const CONVERSION: f64 = 0.4;

/// The first `n` digits.
pub fn of_digits(n: usize, algorithm: Algorithm) -> f64 {
    let digits = n.max(2) as f64;
    match algorithm {
        Algorithm::Spigot => SPIGOT * digits * digits,
        _ => SERIES * digits * digits.log2().powi(2),
    }
}

/// A chunk of a stream of `n` digits that is under way.
pub fn of_chunk(chunk: usize, n: usize, algorithm: Algorithm) -> f64 {
    let share = chunk.min(n) as f64 / n.max(1) as f64;
    match algorithm {
        // A chunk is short, and the last ones are the dearest.
        Algorithm::Spigot => 2.0 * 256f64.min(n as f64) * SPIGOT * n as f64,
        _ => CONVERSION * share * of_digits(n, algorithm),
    }
}

/// So many terms of the sum for `count` hexadecimal digits.
pub fn of_terms(terms: u64, count: usize) -> f64 {
    terms as f64 * (TERM + DIGIT * count as f64)
}

/// All terms of the sum for `count` hexadecimal digits at a position; none where there is no such sum.
pub fn of_hex_digits(position: u64, count: usize) -> f64 {
    hex::terms(position, count).map_or(0.0, |terms| of_terms(terms, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_work_is_told_from_long_work() {
        assert!(of_digits(100_000, Algorithm::Chudnovsky) < 0.01);
        assert!((0.05..1.0).contains(&of_digits(1_000_000, Algorithm::Chudnovsky)));
        assert!(of_digits(1_000_000_000, Algorithm::Chudnovsky) < 3600.0);
        assert!(of_digits(1_000_000, Algorithm::Spigot) > 3600.0);
        assert!(of_hex_digits(1000, 8) < 0.01 && of_hex_digits(10_000_000_000_000, 8) > 86_400.0);
        assert!(of_chunk(65_536, 10_000_000, Algorithm::Chudnovsky) < 0.02);
    }
}
