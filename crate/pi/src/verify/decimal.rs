//! The decimal digits against the binary fraction, modulo 2^61 − 1.
//!
//! The digits are N = ⌊F·10^n/B^m⌋ for a fraction F of m limbs, B = 2^64. With W = 5^n·2^(n mod 64) and
//! q = m − ⌊n/64⌋ that is ⌊F·W/B^q⌋, the upper part of a product. Its residue takes no product of long
//! numbers: F·W is the sum of all fᵢ·wⱼ·B^(i + j), and so
//!
//! N = Σ_{i + j ≥ q} fᵢ·wⱼ·B^(i + j − q) + c,  c = ⌊Σ_{i + j < q} fᵢ·wⱼ·B^(i + j − q)⌋.
//!
//! The first sum is Σⱼ wⱼ·⌊F·B^j/B^q⌋, one product of residues a limb, and the quotients follow from each other.
//! Of the second one the highest guard + 1 diagonals i + j = q − 1, q − 2, … tell c: the rest is less than
//! m·B^(−guard), which is nothing beside the margin that the digits keep to be certain.

use crate::arith::cyclic::Ring;
use crate::arith::limbs;
use crate::arith::mersenne::Residue;
use crate::radix::MARGIN;
use crate::run::allocation::{push, zeros};
use crate::run::{Check, Context, Error};

/// The residues that the binary fraction demands of its digits.
pub(super) struct Digits {
    /// That of the fraction itself, as it was read.
    pub(super) fraction: Residue,
    /// That of the first n digits, as one number.
    pub(super) digits: Residue,
}

/// The residues of the fraction and its first `n` digits; none where the error of the fraction, [`MARGIN`], leaves the
/// digits open.
pub(super) fn digits(f: &[u64], n: usize, guard: usize, cx: &Context) -> Result<Option<Digits>, Error> {
    let w = scale(n, cx)?;
    if Residue::of(&w) != Residue::from(5u64).power(n).shifted(n % 64) {
        return Err(Error::Verification { check: Check::Conversion });
    }
    let point = f.len() - n / 64;
    let Some(carry) = carry(f, &w, point, guard) else { return Ok(None) };
    let (low, high) = f.split_at(point);
    let (mut fraction, mut digits) = (Residue::of(high), Residue::from(carry));
    let mut w = w.iter();
    for &limb in low.iter().rev() {
        if let Some(&w) = w.next() {
            digits = digits.add_product(fraction, Residue::from(w));
        }
        fraction = fraction.above(limb);
    }
    debug_assert!(w.next().is_none(), "5^n has no more limbs than the point is high");
    Ok(Some(Digits { fraction, digits }))
}

/// The cost of [`digits`], in the unit of [`crate::arith::ntt::Plan::cost`].
pub(super) fn cost(n: usize) -> u64 {
    let powers = (0..).map(|halvings| n >> halvings).take_while(|&n| n > FIRST);
    powers.map(squaring_cost).sum()
}

/// The largest exponent of a power of five that is a word.
const FIRST: usize = 27;

/// 5^n·2^(n mod 64)
fn scale(n: usize, cx: &Context) -> Result<Vec<u64>, Error> {
    let halvings = (0..).find(|&halvings| n >> halvings <= FIRST).unwrap_or(0);
    let mut power = vec![5u64.pow((n >> halvings) as u32)];
    for halvings in (0..halvings).rev() {
        let mut square = zeros(2 * power.len());
        limbs::square(&mut square, &power, cx);
        limbs::trim(&mut square);
        power = square;
        multiply(&mut power, if n >> halvings & 1 == 1 { 5 } else { 1 });
        cx.job.advance(squaring_cost(n >> halvings));
        cx.job.check()?;
    }
    multiply(&mut power, 1 << (n % 64));
    Ok(power)
}

fn squaring_cost(n: usize) -> u64 {
    // 7/3 is above log2(5).
    2 * Ring::new(n * 7 / 3 / 64 + 1).transform_cost()
}

fn multiply(number: &mut Vec<u64>, word: u64) {
    let carry = limbs::mul_word_assign(number, word, 0);
    if carry != 0 {
        push(number, carry);
    }
}

/// c, unless the part of the product below it is so close to 0 or 1 that the fraction's error could change it.
fn carry(f: &[u64], w: &[u64], point: usize, guard: usize) -> Option<u128> {
    // Σ over the diagonals, in units of B^(−guard − 1).
    let mut sum = vec![0; guard + 3];
    for below in 1..=guard + 1 {
        let pairs = w.iter().zip(f[..=point - below].iter().rev());
        let (mut low, mut high) = (0u128, 0u64);
        for (&w, &f) in pairs {
            let carry;
            (low, carry) = low.overflowing_add(u128::from(w) * u128::from(f));
            high += u64::from(carry);
        }
        // Fewer than 2^63 products, so that their sum has no carry out of three limbs.
        limbs::add_assign(&mut sum[guard + 1 - below..], &[low as u64, (low >> 64) as u64, high]);
    }
    let (fraction, carry) = sum[1..].split_at(guard);
    let is_far_from =
        |edge: u64| fraction[0].abs_diff(edge) >= MARGIN || fraction[1..].iter().any(|&limb| limb != edge);
    let certain = is_far_from(0) && is_far_from(u64::MAX);
    certain.then(|| u128::from(carry[0]) | u128::from(carry[1]) << 64)
}

/// Digits that come in pieces, first digits first, as the residue of one number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    number: Residue,
    /// Whether all of them are from 0 to 9: as a number, 2 and 13 are the same as 3 and 3.
    decimal: bool,
}

/// Digits that are taken at a time.
const BLOCK: usize = 32;

impl Written {
    pub(crate) const NONE: Self = Self { number: Residue::ZERO, decimal: true };

    /// Appends digits.
    pub(crate) fn extend(&mut self, digits: &[u8]) {
        let (blocks, rest) = digits.as_chunks::<BLOCK>();
        let scale = Residue::from(10u128.pow(BLOCK as u32));
        for block in blocks {
            let (eights, _) = block.as_chunks::<8>();
            let [a, b, c, d] = [0, 1, 2, 3].map(|i| self.number_of(eights[i]));
            let [high, low] = [a * 100_000_000 + b, c * 100_000_000 + d].map(u128::from);
            self.number = self.number.mul_add(scale, high * 10_000_000_000_000_000 + low);
        }
        for &digit in rest {
            self.decimal &= digit < 10;
            self.number = self.number.mul_add(Residue::from(10u64), digit.into());
        }
    }

    /// These digits and others.
    pub(crate) fn and(mut self, digits: &[u8]) -> Self {
        self.extend(digits);
        self
    }

    /// Whether all digits so far make this number.
    pub(super) fn are(self, number: Residue) -> bool {
        self.decimal && self.number == number
    }

    /// The number that eight digits make: pairs, fours, and both fours, each step within one word.
    fn number_of(&mut self, digits: [u8; 8]) -> u64 {
        let word = u64::from_le_bytes(digits);
        // The high bit of a byte stands for one of at least 10 here.
        if (word | word.wrapping_add(0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 != 0 {
            self.decimal = false;
            return 0;
        }
        let pairs = (word * 10 + (word >> 8)) & 0x00ff_00ff_00ff_00ff;
        let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
        (fours * 10_000 + (fours >> 32)) & 0xffff_ffff
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;
    use proptest::prelude::*;

    use super::*;
    use crate::oracle::{big, operands};
    use crate::radix::fraction_limbs;
    use crate::run::Job;

    fn residue(number: &BigUint) -> Residue {
        Residue::of(&number.to_u64_digits())
    }

    #[test]
    fn fractions_agree_with_num_bigint() {
        let cx = Context::new(&Job::new());
        let sizes: Vec<usize> = if cfg!(miri) {
            vec![1, 27, 28, 65]
        } else {
            (1..200).chain([1000, 1024, 5000, 20_011]).collect()
        };
        for n in sizes {
            for guard in 1..4 {
                for f in operands(fraction_limbs(n, guard)) {
                    let product = big(&f) * BigUint::from(10u32).pow(n as u32);
                    let bits = 64 * f.len();
                    let margin = BigUint::from(MARGIN) << (bits - 64 * guard);
                    let rest = &product % (BigUint::from(1u32) << bits);
                    let room = rest.clone().min((BigUint::from(1u32) << bits) - &rest);
                    let Some(found) = digits(&f, n, guard, &cx).unwrap() else {
                        assert!(room < margin * 2u32, "{n} digits, {guard} guard limbs: open");
                        continue;
                    };
                    assert!(room * 2u32 > margin, "{n} digits, {guard} guard limbs: certain");
                    assert_eq!(found.fraction, Residue::of(&f));
                    assert_eq!(found.digits, residue(&(product >> bits)), "{n} digits, {guard} guard limbs");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn digits_make_their_number(digits in "[0-9]{1,200}", cut in 0.0..1.0f64) {
            let bytes: Vec<u8> = digits.bytes().map(|c| c - b'0').collect();
            let (first, second) = bytes.split_at((cut * bytes.len() as f64) as usize);
            let mut written = Written::NONE;
            written.extend(first);
            written.extend(second);
            let number = residue(&digits.parse().unwrap());
            prop_assert!(written.are(number));
            prop_assert!(!written.are(number + Residue::from(1u64)));
        }

        #[test]
        fn what_is_no_digit_is_no_number(
            mut digits in proptest::collection::vec(0u8..10, 2..100),
            at: proptest::sample::Index,
            carry in 1u8..10,
        ) {
            let at = at.index(digits.len() - 1);
            prop_assume!(digits[at] > 0);
            let mut proper = Written::NONE;
            proper.extend(&digits);
            let borrowed = carry.min(digits[at]);
            digits[at] -= borrowed;
            digits[at + 1] += 10 * borrowed;
            let mut improper = Written::NONE;
            improper.extend(&digits);
            prop_assert!(!improper.are(proper.number));
        }
    }
}
