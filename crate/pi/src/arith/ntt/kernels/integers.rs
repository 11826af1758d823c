//! Integers of 52 bits, multiplied by AVX-512IFMA: eight points in a register, and the loops of the doubles.
//!
//! A product with a constant takes three instructions in place of the doubles' six. They read the low 52 bits of a
//! word and nothing else, so that no sum is ever masked: a point is its word modulo 2^52, from 0 to 2^52 − 1 on the
//! way forward, below 2p on the way back. With δ = 2^52 − 5p, far below p, `reduce` takes any of them below p + δ.

use std::arch::x86_64::*;

use super::{Arithmetic, Field, Form};
use crate::simd::avx512::F64x8;
use crate::simd::{EXPONENT, Vector};

/// Words of points and of table entries travel in the registers of [`F64x8`].
#[derive(Clone, Copy)]
pub(crate) struct Integers {
    p: __m512i,
    /// 2p
    twice: __m512i,
    /// 4p
    four: __m512i,
    /// 2^52 − p
    minus: __m512i,
    prime: u64,
}

/// A constant factor and its quotient: see [`crate::arith::ntt::quotient`].
#[derive(Clone, Copy)]
pub(crate) struct Factor {
    w: __m512i,
    quotient: __m512i,
}

const MASK: u64 = (1 << 52) - 1;

/// Wraps intrinsics that touch no memory.
macro_rules! intrinsic {
    ($e:expr) => {
        // SAFETY: `Integers` is used only by kernels that run on machines with AVX-512F, AVX-512DQ and
        // AVX-512IFMA; the instruction touches no memory.
        unsafe { $e }
    };
}

#[inline(always)]
fn splat(x: u64) -> __m512i {
    intrinsic!(_mm512_set1_epi64(x as i64))
}

#[inline(always)]
fn zero() -> __m512i {
    intrinsic!(_mm512_setzero_si512())
}

#[inline(always)]
fn word(x: F64x8) -> __m512i {
    intrinsic!(_mm512_castpd_si512(x.0))
}

#[inline(always)]
fn lanes(x: __m512i) -> F64x8 {
    F64x8(intrinsic!(_mm512_castsi512_pd(x)))
}

/// acc + a·b modulo 2^52
#[inline(always)]
fn low(acc: __m512i, a: __m512i, b: __m512i) -> __m512i {
    intrinsic!(_mm512_madd52lo_epu64(acc, a, b))
}

/// acc + ⌊a·b/2^52⌋
#[inline(always)]
fn high(acc: __m512i, a: __m512i, b: __m512i) -> __m512i {
    intrinsic!(_mm512_madd52hi_epu64(acc, a, b))
}

#[inline(always)]
fn add(a: __m512i, b: __m512i) -> __m512i {
    intrinsic!(_mm512_add_epi64(a, b))
}

#[inline(always)]
fn sub(a: __m512i, b: __m512i) -> __m512i {
    intrinsic!(_mm512_sub_epi64(a, b))
}

#[inline(always)]
fn and(a: __m512i, b: __m512i) -> __m512i {
    intrinsic!(_mm512_and_si512(a, b))
}

#[inline(always)]
fn min(a: __m512i, b: __m512i) -> __m512i {
    intrinsic!(_mm512_min_epu64(a, b))
}

/// −1 where x is negative, or else 0.
#[inline(always)]
fn negative(x: __m512i) -> __m512i {
    intrinsic!(_mm512_srai_epi64::<63>(x))
}

impl Integers {
    /// a·w, below (1 + a/2^52)·p.
    #[inline(always)]
    fn times(self, a: __m512i, w: Factor) -> __m512i {
        let quotient = high(zero(), a, w.quotient);
        low(low(zero(), a, w.w), quotient, self.minus)
    }

    /// Below p + δ: with x = (k + f)·2^52/5 for an integer k this is f·2^52/5 + k·δ/5.
    #[inline(always)]
    fn reduced(self, x: __m512i) -> __m512i {
        low(x, high(zero(), x, splat(5)), self.minus)
    }
}

impl Arithmetic for Integers {
    type Vector = F64x8;
    type Factor = Factor;
    /// 2^bits
    type Shift = Factor;

    const FORM: Form = Form::Integers;
    /// ⌊(p − 1)·2^52/p⌋, for every prime.
    const MINUS_ONE: f64 = f64::from_bits((1 << 52) - 6);

    #[inline(always)]
    fn of(field: &Field) -> Self {
        let p = field.p as u64;
        Self { p: splat(p), twice: splat(2 * p), four: splat(4 * p), minus: splat((1 << 52) - p), prime: p }
    }

    /// ⌊2^52·(2^52 − 5p)/p⌋
    #[inline(always)]
    fn rest(self) -> F64x8 {
        let above = (1u128 << 52) - 5 * u128::from(self.prime);
        lanes(splat(((above << 52) / u128::from(self.prime)) as u64))
    }

    /// As `Multiplier` does it for one.
    #[inline(always)]
    fn scaled(self, entries: F64x8, w: Factor, rest: F64x8) -> F64x8 {
        let product = and(self.times(self.factor(entries).w, w), splat(MASK));
        let product = min(product, sub(product, self.p));
        // 2^52/p is 5 and a little: the quotient, or one less.
        let quotient = add(low(zero(), product, splat(5)), high(zero(), product, word(rest)));
        let remainder = low(zero(), quotient, self.minus);
        let less = sub(remainder, self.p);
        // The remainder is below 2p: what is less than p becomes negative.
        lanes(add(quotient, add(splat(1), negative(less))))
    }

    #[inline(always)]
    fn factor(self, entries: F64x8) -> Factor {
        let quotient = word(entries);
        Factor { w: high(splat(1), quotient, self.p), quotient }
    }

    #[inline(always)]
    fn half(self) -> Factor {
        // ⌊(p + 1)/2·2^52/p⌋, for every prime.
        self.factor(lanes(splat((1 << 51) + 2)))
    }

    #[inline(always)]
    fn shift(self, bits: u32) -> Factor {
        let quotient = (1u128 << (bits + 52)) / u128::from(self.prime);
        Factor { w: splat(1 << bits), quotient: splat(quotient as u64) }
    }

    #[inline(always)]
    fn digits(self, digits: F64x8) -> F64x8 {
        digits
    }

    #[inline(always)]
    fn horner(self, x: F64x8, shift: Factor, y: F64x8) -> F64x8 {
        self.add(self.mul(x, shift), y)
    }

    #[inline(always)]
    fn add(self, a: F64x8, b: F64x8) -> F64x8 {
        lanes(add(word(a), word(b)))
    }

    #[inline(always)]
    fn sub(self, a: F64x8, b: F64x8) -> F64x8 {
        lanes(sub(add(word(a), self.twice), word(b)))
    }

    #[inline(always)]
    fn sub_sum(self, a: F64x8, b: F64x8) -> F64x8 {
        lanes(sub(add(word(a), self.four), word(b)))
    }

    #[inline(always)]
    fn mul(self, a: F64x8, w: Factor) -> F64x8 {
        lanes(self.times(word(a), w))
    }

    #[inline(always)]
    fn reduce(self, x: F64x8) -> F64x8 {
        lanes(self.reduced(word(x)))
    }

    #[inline(always)]
    fn narrow(self, x: F64x8) -> F64x8 {
        self.reduce(x)
    }

    /// P. L. Montgomery's product a·b/2^52, below 2p: since p − 1 is a multiple of 2^30, 1/p modulo 2^52 is 2 − p.
    #[inline(always)]
    fn product(self, a: F64x8, b: F64x8) -> F64x8 {
        let (a, b) = (self.reduced(word(a)), self.reduced(word(b)));
        let quotient = low(zero(), low(zero(), a, b), add(self.minus, splat(2)));
        lanes(sub(high(self.p, a, b), high(zero(), quotient, self.p)))
    }

    /// Less p.
    #[inline(always)]
    fn doubles(self, x: F64x8) -> F64x8 {
        // EXPONENT | (x & MASK), the double 2^52 + x.
        let double = intrinsic!(_mm512_ternarylogic_epi64::<0xf8>(splat(EXPONENT), word(x), splat(MASK)));
        lanes(double).sub(F64x8::splat((1u64 << 52) as f64 + self.prime as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::ntt::kernels::table::ifma::KERNELS;
    use crate::arith::ntt::primes::{self, PRIMES};
    use crate::arith::ntt::{quotient, twiddle};
    use crate::run::Job;
    use crate::simd::{Line, Simd};

    const POINTS: usize = 64;

    /// Numbers up to a limit, most of them at it or a little below.
    fn extremes(seed: u64, limit: u64) -> Vec<u64> {
        let mut state = seed;
        let mut next = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 11
        };
        (0..POINTS).map(|_| if next() % 4 == 0 { next() % limit } else { limit - 1 - next() % 3 }).collect()
    }

    fn lines(words: &[u64]) -> Vec<Line> {
        words.chunks(8).map(|words| Line(std::array::from_fn(|i| f64::from_bits(words[i])))).collect()
    }

    fn words(lines: &[Line]) -> impl Iterator<Item = u64> {
        lines.iter().flat_map(|line| line.0.map(|x| x.to_bits() & MASK))
    }

    /// Calls `check` with every prime's field and some seeds, where the machine has the instructions.
    fn check(check: impl Fn(&Field, u64, u64)) {
        for (prime, p) in PRIMES.into_iter().enumerate().filter(|_| Simd::Avx512Ifma.is_available()) {
            let twiddles = twiddle::table(prime, 256, Form::Integers, &Job::new()).unwrap();
            for seed in 0..200 {
                check(&Field { p: p as f64, twiddles }, p, seed);
            }
        }
    }

    fn twiddle_of(field: &Field, j: usize, p: u64) -> u64 {
        let w = ((u128::from(field.twiddles[j].to_bits()) * u128::from(p)) >> 52) as u64 + 1;
        assert_eq!(quotient::of(w, p), field.twiddles[j].to_bits());
        w
    }

    #[test]
    fn passes_are_exact_at_the_ends_of_their_ranges() {
        check(|field, p, seed| {
            let j = seed as usize % 100;
            let [w1, w2, w3] = [j, 2 * j, 2 * j + 1].map(|j| twiddle_of(field, j, p));
            let a = extremes(seed, 1 << 52);
            let mut x = lines(&a);
            KERNELS.forward_quarters(&mut x, j, field, (0, POINTS / 4));
            let q = POINTS / 4;
            for (i, x) in words(&x).enumerate() {
                let (quarter, column) = (i / q, i % q);
                let a: [u64; 4] = std::array::from_fn(|r| a[r * q + column] % p);
                let sign = |negative: bool, x: u64| if negative { p - x % p } else { x };
                // Modulo x^2L ∓ w1, then x^L ∓ w2 or w3.
                let b = [0, 1].map(|r| a[r] + sign(quarter > 1, primes::mul(a[r + 2], w1, p)));
                let u = primes::mul(b[1] % p, if quarter > 1 { w3 } else { w2 }, p);
                assert_eq!(x % p, (b[0] + sign(quarter % 2 == 1, u)) % p);
            }
        });
    }

    #[test]
    fn inverse_passes_undo_forward_ones_and_stay_below_2p() {
        check(|field, p, seed| {
            let j = seed as usize % 100;
            let a = extremes(seed, 2 * p);
            let mut x = lines(&a);
            KERNELS.inverse_quarters(&mut x, j, field, (0, POINTS / 4));
            assert!(words(&x).all(|x| x < 2 * p));
            KERNELS.forward_quarters(&mut x, j, field, (0, POINTS / 4));
            assert!(words(&x).zip(&a).all(|(x, a)| x % p == 4 * a % p));
        });
    }

    #[test]
    fn products_lack_a_power_of_two() {
        check(|field, p, seed| {
            let (a, b) = (extremes(seed, 1 << 52), extremes(!seed, 1 << 52));
            let mut x = lines(&a);
            KERNELS.multiply(&mut x, &lines(&b), field);
            for (x, (a, b)) in words(&x).zip(a.iter().zip(&b)) {
                assert!(x < 2 * p);
                assert_eq!(primes::mul(x % p, (1 << 52) % p, p), primes::mul(a % p, b % p, p));
            }
        });
    }

    #[test]
    fn last_levels_give_small_doubles() {
        for rows in [4, 8] {
            check(|field, p, seed| {
                let mut x = lines(&extremes(seed, 2 * p));
                KERNELS.inverse_last(&mut x, rows, field, (0, POINTS / rows));
                assert!(x.iter().flat_map(|line| line.0).all(|x| x == x.round() && x.abs() <= p as f64));
            });
        }
    }
}
