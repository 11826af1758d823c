//! The small odd primes in P and Q, kept as exponents so that common factors vanish before they are multiplied.
//!
//! In the sum of two neighbours, T = T₁Q₂ + P₁T₂, whatever divides both P₁ and Q₂ divides T, Q and P too. A prime ℓ
//! divides p(k) as often as k³ in the long run, 3/(ℓ − 1) times a term: the primes below 200 take 16 of the 97 bits
//! that a term adds to Q at a million digits. Full factorisations (H. Cheng, G. Hanrot, E. Thomé, E. Zima and
//! P. Zimmermann, "Time- and space-efficient evaluation of some hypergeometric constants", ISSAC 2007) remove more,
//! but pay with exact divisions or product trees of full size; here what P₁ and Q₂ do *not* have in common is a word
//! or two, and multiplying it back in costs one pass.

use super::term::{C, Factors, LEAF_TERMS};
use crate::arith::limbs::{mul_rows_assign, mul_word_assign, trim};
use crate::run::allocation::push;

/// Odd primes below 200.
const COUNT: usize = 45;

struct Prime {
    value: u64,
    /// The first powers: whoever looked at the exponents one by one would guess most branches wrong.
    powers: [u64; 8],
    /// value⁻¹ modulo 2⁶⁴.
    inverse: u64,
    /// The largest quotient: x is divisible exactly when x · inverse is at most this.
    max_quotient: u64,
    /// The residues of k at which k, 2k − 1, 6k − 1 and 6k − 5 are divisible; 3 never divides the last two.
    roots: [Option<usize>; 4],
}

static PRIMES: [Prime; COUNT] = primes();

const fn primes() -> [Prime; COUNT] {
    let mut primes =
        [const { Prime { value: 0, powers: [0; 8], inverse: 0, max_quotient: 0, roots: [None; 4] } }; COUNT];
    let (mut candidate, mut count) = (3u64, 0);
    while count < COUNT {
        let mut i = 0;
        while i < count && !candidate.is_multiple_of(primes[i].value) {
            i += 1;
        }
        if i == count {
            primes[count] = prime(candidate);
            count += 1;
        }
        candidate += 2;
    }
    primes
}

const fn prime(value: u64) -> Prime {
    // Newton's iteration doubles the right bits; an odd number is its own inverse modulo 8.
    let mut inverse = value;
    let mut i = 0;
    while i < 5 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(value.wrapping_mul(inverse)));
        i += 1;
    }
    let mut powers = [1; 8];
    let mut i = 1;
    while i < powers.len() {
        powers[i] = value * powers[i - 1];
        i += 1;
    }
    let mut roots = [None; 4];
    let mut k = 0;
    while k < value {
        let forms = forms(k + value);
        let mut i = 0;
        while i < 4 {
            if forms[i].is_multiple_of(value) {
                roots[i] = Some(k as usize);
            }
            i += 1;
        }
        k += 1;
    }
    Prime { value, powers, inverse, max_quotient: u64::MAX / value, roots }
}

/// The numbers whose products are k³ and p(k).
const fn forms(k: u64) -> [u64; 4] {
    [k, 2 * k - 1, 6 * k - 1, 6 * k - 5]
}

/// How often each prime divides.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Exponents([u32; COUNT]);

impl Exponents {
    pub(super) const ONE: Self = Self([0; COUNT]);

    pub(super) fn multiply(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a += b);
    }

    /// Divides both by their greatest common divisor.
    pub(super) fn cancel(a: &mut Self, b: &mut Self) {
        for (a, b) in a.0.iter_mut().zip(&mut b.0) {
            let common = *a.min(b);
            *a -= common;
            *b -= common;
        }
    }

    /// number · the product of the prime powers: a pass over the number for every four words of it.
    pub(super) fn multiply_into(&self, number: &mut Vec<u64>) {
        let mut words = [1u64; 4];
        let mut last = 0;
        let mut append = |factor: u64| {
            if let Some(word) = words[last].checked_mul(factor) {
                words[last] = word;
                return;
            }
            if last + 1 < words.len() {
                last += 1;
            } else {
                multiply_all(number, &words);
                (words, last) = ([1; 4], 0);
            }
            words[last] = factor;
        };
        for (prime, &exponent) in PRIMES.iter().zip(&self.0) {
            let highest = prime.powers.len() - 1;
            let mut rest = exponent as usize;
            while rest > highest {
                append(prime.powers[highest]);
                rest -= highest;
            }
            append(prime.powers[rest]);
        }
        match words[..] {
            [1, ..] => {}
            [word, 1, ..] => multiply(number, word),
            [a, b, 1, _] => multiply_all(number, &[a, b]),
            [a, b, c, 1] => multiply_all(number, &[a, b, c]),
            _ => multiply_all(number, &words),
        }
    }
}

/// number · the product of the words.
fn multiply_all<const R: usize>(number: &mut Vec<u64>, words: &[u64; R]) {
    let mut product = [0; R];
    product[0] = words[0];
    for (i, &word) in words.iter().enumerate().skip(1) {
        product[i] = mul_word_assign(&mut product[..i], word, 0);
    }
    for limb in mul_rows_assign(number, &product) {
        push(number, limb);
    }
    trim(number);
}

pub(super) fn multiply(number: &mut Vec<u64>, word: u64) {
    let carry = mul_word_assign(number, word, 0);
    if carry != 0 {
        push(number, carry);
    }
}

/// A term without its small primes.
#[derive(Clone, Copy)]
pub(super) struct Cofactors {
    /// Those of k, 2k − 1, 6k − 1 and 6k − 5.
    forms: [u64; 4],
    /// The powers of the prime 3 in k³ beyond those that are counted.
    rest: u64,
    /// 640320³/24, but 1 in the term 0.
    constant: u64,
}

impl Cofactors {
    pub(super) const EMPTY: Self = Self { forms: [1; 4], rest: 1, constant: 1 };

    fn new(k: u64) -> Self {
        if k == 0 { Self::EMPTY } else { Self { forms: forms(k), rest: 1, constant: C } }
    }

    /// Takes a prime out of one of the four; how often it was in there.
    fn divide_out(&mut self, form: usize, prime: &Prime) -> u32 {
        let number = &mut self.forms[form];
        let mut count = 0;
        loop {
            let quotient = number.wrapping_mul(prime.inverse);
            if quotient > prime.max_quotient {
                return count;
            }
            *number = quotient;
            count += 1;
        }
    }

    pub(super) fn p(&self) -> Factors {
        let [_, x, y, z] = self.forms;
        match (x * y).checked_mul(z) {
            Some(product) => Factors::new([product]),
            None => Factors::new([x * y, z]),
        }
    }

    pub(super) fn q(&self) -> Factors {
        let k = self.forms[0];
        match (k * k).checked_mul(k * self.rest) {
            Some(cube) => Factors::new([cube, self.constant]),
            None => Factors::new([k * k, k * self.rest, self.constant]),
        }
    }
}

/// The small primes of one leaf.
pub(super) struct Sieved {
    pub(super) p: Exponents,
    pub(super) q: Exponents,
}

impl Sieved {
    pub(super) const ONE: Self = Self { p: Exponents::ONE, q: Exponents::ONE };

    /// Takes the small primes out of the terms from a on: the co-factors go into `terms`, the primes of the products
    /// of p(k) and q(k) into `leaves`, one for every [`LEAF_TERMS`] terms. Those in 640320³ stay, as P has no
    /// more of them than k³ has.
    pub(super) fn sieve(a: u64, terms: &mut [Cofactors], leaves: &mut [Self]) {
        for (k, term) in (a..).zip(terms.iter_mut()) {
            *term = Cofactors::new(k);
        }
        for (i, prime) in PRIMES.iter().enumerate() {
            let start = (a % prime.value) as usize;
            let step = prime.value as usize;
            for (form, &root) in prime.roots.iter().enumerate() {
                let Some(root) = root else { continue };
                let mut at = if root < start { root + step - start } else { root - start };
                while at < terms.len() {
                    let count = terms[at].divide_out(form, prime);
                    let leaf = &mut leaves[at / LEAF_TERMS as usize];
                    match form {
                        // P has the prime 3 only through 2k − 1, a third as often as k³.
                        0 if i == 0 => {
                            terms[at].rest *= 9u64.pow(count);
                            leaf.q.0[i] += count;
                        }
                        0 => leaf.q.0[i] += 3 * count,
                        _ => leaf.p.0[i] += count,
                    }
                    at += step;
                }
            }
        }
    }
}
