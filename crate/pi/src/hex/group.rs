//! Fractions of one n, added up before any power is taken.
//!
//! a/q + b/r = (a·r + b·q)/(q·r): with the powers of two that the series of Bellard's formula have in common taken
//! out, their sum is one fraction of polynomials in n, and one modular power does for two or three.

use super::bellard::{SERIES, Series};

/// A sum of fractions, `sign`·numerator/modulus·2^e.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// The sign at an even n.
    pub(super) sign: i64,
    /// How many fractions: the degree of the modulus.
    pub(super) degree: usize,
    /// The coefficients, the constant one first. The degree is that of the modulus, less one.
    pub(super) numerator: [u64; 4],
    pub(super) modulus: [u64; 4],
}

/// Each fraction by itself: moduli below 10n + 10.
pub(super) const SINGLES: [Group; 7] = [
    group([SERIES[0]]),
    group([SERIES[1]]),
    group([SERIES[2]]),
    group([SERIES[3]]),
    group([SERIES[4]]),
    group([SERIES[5]]),
    group([SERIES[6]]),
];
/// Four moduli below (10n + 10)².
pub(super) const PAIRS: [Group; 4] = [
    group([SERIES[0], SERIES[1]]),
    group([SERIES[2]]),
    group([SERIES[3], SERIES[4]]),
    group([SERIES[5], SERIES[6]]),
];
/// Three moduli below 160·(n + 1)³.
pub(super) const TRIPLES: [Group; 3] =
    [group([SERIES[0], SERIES[1], SERIES[2]]), group([SERIES[3], SERIES[4]]), group([SERIES[5], SERIES[6]])];

/// The sum of the fractions of some series. The first one's outweighs the others'.
const fn group<const N: usize>(series: [Series; N]) -> Group {
    let sign = series[0].sign;
    let (mut numerator, mut modulus) = ([0; 4], [1, 0, 0, 0]);
    let mut i = 0;
    while i < N {
        let Series { step, offset, shift, sign: own } = series[i];
        numerator = times(numerator, step, offset);
        let mut power = 0;
        while power < 4 {
            numerator[power] += sign * own * (modulus[power] << shift);
            power += 1;
        }
        modulus = times(modulus, step, offset);
        i += 1;
    }
    Group { sign, degree: N, numerator: positive(numerator), modulus: positive(modulus) }
}

/// The polynomial times step·n + offset.
const fn times(polynomial: [i64; 4], step: u64, offset: u64) -> [i64; 4] {
    let [a, b, c, d] = polynomial;
    let (step, offset) = (step as i64, offset as i64);
    assert!(d == 0, "the degree is at most three");
    [a * offset, b * offset + a * step, c * offset + b * step, c * step]
}

const fn positive(polynomial: [i64; 4]) -> [u64; 4] {
    let [a, b, c, d] = polynomial;
    assert!(a >= 0 && b >= 0 && c >= 0 && d >= 0, "the first fraction outweighs the others");
    [a as u64, b as u64, c as u64, d as u64]
}

impl Group {
    pub(super) fn numerator(&self, n: u64) -> u64 {
        at(&self.numerator, n)
    }

    pub(super) fn modulus(&self, n: u64) -> u64 {
        at(&self.modulus, n)
    }
}

fn at(polynomial: &[u64; 4], n: u64) -> u64 {
    polynomial.iter().rev().fold(0, |sum, coefficient| sum * n + coefficient)
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::*;

    #[test]
    fn groups_are_the_sums_of_their_fractions() {
        for groups in [&SINGLES[..], &PAIRS, &TRIPLES] {
            let mut rest = &SERIES[..];
            for group in groups {
                let own;
                (own, rest) = rest.split_at(group.degree);
                for n in [0, 1, 2, 3, 1000, 14_111] {
                    let moduli = || own.iter().map(|s| BigInt::from(s.step * n + s.offset));
                    let modulus: BigInt = moduli().product();
                    let numerator: BigInt = own
                        .iter()
                        .zip(moduli())
                        .map(|(s, own)| BigInt::from(s.sign << s.shift) * &modulus / own)
                        .sum();
                    assert_eq!(modulus, group.modulus(n).into());
                    assert_eq!(numerator, BigInt::from(group.numerator(n)) * group.sign);
                }
            }
            assert!(rest.is_empty());
        }
    }
}
