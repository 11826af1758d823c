//! Bellard's formula, as a sum of integers over powers of two and odd moduli.
//!
//! F. Bellard, "A new formula to compute the n'th binary digit of pi" (1997):
//!
//! π = 2⁻⁶ Σ (−1)ⁿ/2¹⁰ⁿ (−2⁵/(4n+1) − 1/(4n+3) + 2⁸/(10n+1) − 2⁶/(10n+3) − 2²/(10n+5) − 2²/(10n+7) + 1/(10n+9)).
//!
//! The digits from a position p on are the fraction of 16^(p−1)·π: of each term only 2^e mod q is needed, with
//! e = 4(p − 1) − 6 + shift − 10n. It takes 2.8 powers a position where the formula of Bailey, Borwein and
//! Plouffe takes 4.

/// One of the seven sums.
#[derive(Clone, Copy)]
pub(crate) struct Series {
    /// The modulus is `step`·n + `offset`.
    pub(crate) step: u64,
    pub(crate) offset: u64,
    /// The power of two above its fraction.
    pub(crate) shift: u64,
    /// The sign of the term at n = 0.
    pub(crate) sign: i64,
}

const fn series(sign: i64, shift: u64, step: u64, offset: u64) -> Series {
    Series { step, offset, shift, sign }
}

/// The seven sums, those that are taken together side by side.
pub(crate) const SERIES: [Series; 7] = [
    series(-1, 5, 4, 1),
    series(-1, 0, 4, 3),
    series(-1, 2, 10, 5),
    series(1, 8, 10, 1),
    series(-1, 6, 10, 3),
    series(-1, 2, 10, 7),
    series(1, 0, 10, 9),
];

/// The exponent of two falls by this much from one n to the next.
pub(crate) const EXPONENT_STEP: u64 = 10;

/// e + 10n − shift for the digits from `position` on: what all the series of an n have in common.
pub(crate) fn exponent(position: u64) -> i64 {
    4 * (position as i64 - 1) - 6
}

/// How many n have terms of at least 2^(−bits), for the digits from `position` on.
///
/// The terms after them, a geometric series, add up to less than one such unit.
pub(crate) fn terms(position: u64, bits: u64) -> u64 {
    (4 * position + bits) / EXPONENT_STEP + 1
}

/// The first n whose exponent is negative.
pub(super) fn first_negative(exponent: i64) -> u64 {
    u64::try_from(exponent).map_or(0, |e| e / EXPONENT_STEP + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_below_one_unit() {
        let most = SERIES.iter().map(|s| s.shift).max().unwrap() as i64;
        for position in 1..100 {
            for bits in 0..100 {
                let n = terms(position, bits);
                let next = exponent(position) + most - (EXPONENT_STEP * n) as i64;
                // The seven terms at n are each below 2^next / 5, the later ones a thousandth of that.
                assert!(next < -2 - bits as i64, "{position} {bits}");
            }
        }
    }
}
