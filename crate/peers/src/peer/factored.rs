//! The series on GMP with the prime factors of P and Q at hand: what they share is divided out before a merge.
//!
//! The idea is that of the program gmp-chudnovsky: P of the left half and Q of the right half are products of small
//! numbers, so their common divisor is known from a sieve, without a gcd, and all later products are smaller.

use rug::Integer;

use super::chudnovsky::{A, B, C3_OVER_24, DIGITS_PER_TERM, GUARD_DIGITS, finish};

/// Ranges of fewer terms than this are merged as they are.
const WORTH_REDUCING: u64 = 32;

/// The first `n` digits as text.
pub fn digits(n: usize) -> Vec<u8> {
    let scale = n + GUARD_DIGITS;
    let terms = (scale as f64 / DIGITS_PER_TERM) as u64 + 2;
    let Split { q, t, .. } = Sieve::new(6 * terms).split(0, terms);
    finish(q.value, t, scale, n)
}

/// Primes in rising order, each with its exponent.
type Factors = Vec<(u32, u32)>;

/// A number and its factors.
struct Factored {
    value: Integer,
    factors: Factors,
}

struct Split {
    p: Factored,
    q: Factored,
    t: Integer,
}

/// The smallest prime factor of every odd number, by half of it.
struct Sieve(Vec<u32>);

impl Sieve {
    fn new(limit: u64) -> Self {
        let mut smallest = vec![0u32; limit as usize / 2 + 1];
        for half in 1..smallest.len() {
            let number = 2 * half + 1;
            if smallest[half] == 0 {
                smallest[half] = number as u32;
                for multiple in (number * number / 2..smallest.len()).step_by(number) {
                    if smallest[multiple] == 0 {
                        smallest[multiple] = number as u32;
                    }
                }
            }
        }
        Self(smallest)
    }

    /// The factors of number^power.
    fn factors(&self, number: u64, power: u32) -> Factors {
        let twos = number.trailing_zeros();
        let mut rest = number >> twos;
        let mut factors = Vec::new();
        if twos > 0 {
            factors.push((2, twos * power));
        }
        while rest > 1 {
            let prime = self.0[rest as usize / 2];
            rest /= u64::from(prime);
            match factors.last_mut() {
                Some((last, exponent)) if *last == prime => *exponent += power,
                _ => factors.push((prime, power)),
            }
        }
        factors
    }

    fn leaf(&self, a: u64) -> Split {
        if a == 0 {
            let one = || Factored { value: 1.into(), factors: Vec::new() };
            return Split { p: one(), q: one(), t: A.into() };
        }
        let p = [6 * a - 5, 2 * a - 1, 6 * a - 1];
        let p = Factored {
            value: Integer::from(p[0] * p[1]) * p[2],
            factors: p.iter().fold(Vec::new(), |all, &k| multiplied(&all, &self.factors(k, 1))),
        };
        let c3_over_24 = [(2, 15), (3, 2), (5, 3), (23, 3), (29, 3)];
        let q = Factored {
            value: Integer::from(a) * a * a * C3_OVER_24,
            factors: multiplied(&self.factors(a, 3), &c3_over_24),
        };
        let t = Integer::from(&p.value * (A + B * a));
        Split { p, q, t: if a.is_multiple_of(2) { t } else { -t } }
    }

    fn split(&self, a: u64, b: u64) -> Split {
        if b - a == 1 {
            return self.leaf(a);
        }
        let middle = a.midpoint(b);
        let (mut left, mut right) = (self.split(a, middle), self.split(middle, b));
        if b - a >= WORTH_REDUCING {
            reduce(&mut left.p, &mut right.q);
        }
        let t = Integer::from(&right.q.value * &left.t) + Integer::from(&left.p.value * &right.t);
        drop((left.t, right.t));
        Split { p: product(left.p, right.p), q: product(left.q, right.q), t }
    }
}

fn product(a: Factored, b: Factored) -> Factored {
    Factored { value: a.value * b.value, factors: multiplied(&a.factors, &b.factors) }
}

/// The factors of a product.
fn multiplied(a: &[(u32, u32)], b: &[(u32, u32)]) -> Factors {
    let mut factors = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    while let (Some(&&(p, i)), Some(&&(q, j))) = (a.peek(), b.peek()) {
        let smaller = p.min(q);
        factors.push((smaller, if p == smaller { i } else { 0 } + if q == smaller { j } else { 0 }));
        a.next_if(|_| p == smaller);
        b.next_if(|_| q == smaller);
    }
    factors.extend(a.chain(b));
    factors
}

/// Divides both numbers by what they have in common.
fn reduce(a: &mut Factored, b: &mut Factored) {
    let mut common = Factors::new();
    let mut others = b.factors.iter_mut().peekable();
    for (prime, exponent) in &mut a.factors {
        while others.next_if(|(other, _)| other < prime).is_some() {}
        if let Some((_, other)) = others.next_if(|(other, _)| other == prime) {
            let shared = (*exponent).min(*other);
            *exponent -= shared;
            *other -= shared;
            common.push((*prime, shared));
        }
    }
    common.retain(|&(_, exponent)| exponent > 0);
    for number in [&mut *a, &mut *b] {
        number.factors.retain(|&(_, exponent)| exponent > 0);
    }
    if !common.is_empty() {
        let divisor = value(&common);
        a.value.div_exact_mut(&divisor);
        b.value.div_exact_mut(&divisor);
    }
}

/// The product of factors, halves first.
fn value(factors: &[(u32, u32)]) -> Integer {
    match factors {
        [(prime, exponent)] => Integer::u_pow_u(*prime, *exponent).into(),
        _ => {
            let (low, high) = factors.split_at(factors.len() / 2);
            value(low) * value(high)
        }
    }
}
