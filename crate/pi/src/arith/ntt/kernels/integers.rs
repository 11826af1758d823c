//! Integers of 52 bits, multiplied by AVX-512IFMA: eight points in a register, and the loops of the doubles.
//!
//! A product with a constant takes three instructions in place of the doubles' six. They read the low 52 bits of a
//! word and nothing else, so that no sum is ever masked: a point is its word modulo 2^52, from 0 to 2^52 − 1 on the
//! way forward, below 2p on the way back. With δ = 2^52 − 5p, far below p, `reduce` takes any of them below p + δ.

use std::arch::x86_64::{__m512d, __m512i};

use super::{Arithmetic, Field};
use crate::simd::{Avx512, Ifma, Vectors};

/// Words of points and of table entries travel in registers of doubles.
#[derive(Clone, Copy)]
pub(crate) struct Integers {
    simd: Ifma,
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
pub(crate) struct WithQuotient {
    w: __m512i,
    quotient: __m512i,
}

const MASK: u64 = (1 << 52) - 1;

impl Integers {
    #[inline(always)]
    pub(crate) fn of(field: &Field, simd: Ifma) -> Self {
        let p = field.p as u64;
        let [one, twice, four, minus] = [p, 2 * p, 4 * p, (1 << 52) - p];
        Self {
            simd,
            p: simd.splat(one),
            twice: simd.splat(twice),
            four: simd.splat(four),
            minus: simd.splat(minus),
            prime: p,
        }
    }

    /// a·w, below (1 + a/2^52)·p.
    #[inline(always)]
    fn times(self, a: __m512i, w: WithQuotient) -> __m512i {
        let s = self.simd;
        let quotient = s.high(s.zero(), a, w.quotient);
        s.low(s.low(s.zero(), a, w.w), quotient, self.minus)
    }

    /// Below p + δ: with x = (k + f)·2^52/5 for an integer k this is f·2^52/5 + k·δ/5.
    #[inline(always)]
    fn reduced(self, x: __m512i) -> __m512i {
        let s = self.simd;
        s.low(x, s.high(s.zero(), x, s.splat(5)), self.minus)
    }
}

impl Arithmetic for Integers {
    type Simd = Avx512;
    type Vector = __m512d;
    type Constant = WithQuotient;
    /// 2^bits
    type Shift = WithQuotient;

    /// ⌊(p − 1)·2^52/p⌋, for every prime.
    const MINUS_ONE: f64 = f64::from_bits((1 << 52) - 6);

    #[inline(always)]
    fn simd(self) -> Avx512 {
        self.simd.avx512()
    }

    /// ⌊2^52·(2^52 − 5p)/p⌋
    #[inline(always)]
    fn rest(self) -> __m512d {
        let above = (1u128 << 52) - 5 * u128::from(self.prime);
        self.simd.with_bits(self.simd.splat(((above << 52) / u128::from(self.prime)) as u64))
    }

    /// As `Multiplier` does it for one.
    #[inline(always)]
    fn scaled(self, entries: __m512d, w: WithQuotient, rest: __m512d) -> __m512d {
        let s = self.simd;
        let product = s.and(self.times(self.factor(entries).w, w), s.splat(MASK));
        let product = s.min(product, s.sub(product, self.p));
        // 2^52/p is 5 and a little: the quotient, or one less.
        let quotient = s.add(s.low(s.zero(), product, s.splat(5)), s.high(s.zero(), product, s.bits(rest)));
        let remainder = s.low(s.zero(), quotient, self.minus);
        let less = s.sub(remainder, self.p);
        // The remainder is below 2p: what is less than p becomes negative.
        s.with_bits(s.add(quotient, s.add(s.splat(1), s.negative(less))))
    }

    #[inline(always)]
    fn factor(self, entries: __m512d) -> WithQuotient {
        let s = self.simd;
        let quotient = s.bits(entries);
        WithQuotient { w: s.high(s.splat(1), quotient, self.p), quotient }
    }

    #[inline(always)]
    fn half(self) -> WithQuotient {
        // ⌊(p + 1)/2·2^52/p⌋, for every prime.
        self.factor(self.simd.with_bits(self.simd.splat((1 << 51) + 2)))
    }

    #[inline(always)]
    fn shift(self, bits: u32) -> WithQuotient {
        let quotient = (1u128 << (bits + 52)) / u128::from(self.prime);
        WithQuotient { w: self.simd.splat(1 << bits), quotient: self.simd.splat(quotient as u64) }
    }

    #[inline(always)]
    fn digits(self, digits: __m512d) -> __m512d {
        digits
    }

    #[inline(always)]
    fn horner(self, x: __m512d, shift: WithQuotient, y: __m512d) -> __m512d {
        self.add(self.mul(x, shift), y)
    }

    #[inline(always)]
    fn add(self, a: __m512d, b: __m512d) -> __m512d {
        let s = self.simd;
        s.with_bits(s.add(s.bits(a), s.bits(b)))
    }

    #[inline(always)]
    fn sub(self, a: __m512d, b: __m512d) -> __m512d {
        let s = self.simd;
        s.with_bits(s.sub(s.add(s.bits(a), self.twice), s.bits(b)))
    }

    #[inline(always)]
    fn sub_sum(self, a: __m512d, b: __m512d) -> __m512d {
        let s = self.simd;
        s.with_bits(s.sub(s.add(s.bits(a), self.four), s.bits(b)))
    }

    #[inline(always)]
    fn mul(self, a: __m512d, w: WithQuotient) -> __m512d {
        self.simd.with_bits(self.times(self.simd.bits(a), w))
    }

    #[inline(always)]
    fn reduce(self, x: __m512d) -> __m512d {
        self.simd.with_bits(self.reduced(self.simd.bits(x)))
    }

    #[inline(always)]
    fn narrow(self, x: __m512d) -> __m512d {
        self.reduce(x)
    }

    /// P. L. Montgomery's product a·b/2^52, below 2p: since p − 1 is a multiple of 2^30, 1/p modulo 2^52 is 2 − p.
    #[inline(always)]
    fn product(self, a: __m512d, b: __m512d) -> __m512d {
        let s = self.simd;
        let (a, b) = (self.reduced(s.bits(a)), self.reduced(s.bits(b)));
        let quotient = s.low(s.zero(), s.low(s.zero(), a, b), s.add(self.minus, s.splat(2)));
        s.with_bits(s.sub(s.high(self.p, a, b), s.high(s.zero(), quotient, self.p)))
    }

    /// Less p.
    #[inline(always)]
    fn doubles(self, x: __m512d) -> __m512d {
        let above = self.simd().splat((1u64 << 52) as f64 + self.prime as f64);
        self.simd().sub(self.simd.doubles(self.simd.bits(x)), above)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::ntt::columns::{Columns, MAX_ROWS};
    use crate::arith::ntt::kernels::{Form, Kernels};
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

    /// All columns of so many rows.
    fn columns(x: &mut [Line], rows: usize) -> [&mut [Line]; MAX_ROWS] {
        let width = x.len() / rows;
        Columns::new(x, rows, width).next().unwrap()
    }

    /// Calls `check` with the kernels, every prime's field and some seeds, where the machine has the instructions.
    fn check(check: impl Fn(Kernels, &Field, u64, u64)) {
        let kernels = Kernels::of(Simd::Avx512Ifma.token(), POINTS);
        for (prime, p) in PRIMES.into_iter().enumerate().filter(|_| Simd::Avx512Ifma.is_available()) {
            let twiddles = twiddle::table(prime, 256, Form::Integers, &Job::new()).unwrap();
            for seed in 0..200 {
                check(kernels, &Field { p: p as f64, twiddles }, p, seed);
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
        check(|kernels, field, p, seed| {
            let j = seed as usize % 100;
            let [w1, w2, w3] = [j, 2 * j, 2 * j + 1].map(|j| twiddle_of(field, j, p));
            let a = extremes(seed, 1 << 52);
            let mut x = lines(&a);
            kernels.forward_quarters(columns(&mut x, 4), j, field);
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
        check(|kernels, field, p, seed| {
            let j = seed as usize % 100;
            let a = extremes(seed, 2 * p);
            let mut x = lines(&a);
            kernels.inverse_quarters(columns(&mut x, 4), j, field);
            assert!(words(&x).all(|x| x < 2 * p));
            kernels.forward_quarters(columns(&mut x, 4), j, field);
            assert!(words(&x).zip(&a).all(|(x, a)| x % p == 4 * a % p));
        });
    }

    #[test]
    fn products_lack_a_power_of_two() {
        check(|kernels, field, p, seed| {
            let (a, b) = (extremes(seed, 1 << 52), extremes(!seed, 1 << 52));
            let mut x = lines(&a);
            kernels.multiply(&mut x, &lines(&b), field);
            for (x, (a, b)) in words(&x).zip(a.iter().zip(&b)) {
                assert!(x < 2 * p);
                assert_eq!(primes::mul(x % p, (1 << 52) % p, p), primes::mul(a % p, b % p, p));
            }
        });
    }

    #[test]
    fn last_levels_give_small_doubles() {
        for rows in [4, 8] {
            check(|kernels, field, p, seed| {
                let mut x = lines(&extremes(seed, 2 * p));
                kernels.inverse_last(columns(&mut x, rows), rows, field);
                assert!(x.iter().flat_map(|line| line.0).all(|x| x == x.round() && x.abs() <= p as f64));
            });
        }
    }
}
