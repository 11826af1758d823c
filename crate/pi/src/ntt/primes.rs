//! The primes, and exact word arithmetic modulo them for the constants.

/// Transforms of up to 2^`ORDER_BITS` points have their roots of unity modulo every prime.
pub(crate) const ORDER_BITS: u32 = 30;

/// The six largest primes c·2^30 + 1 below 2^49.7, with a quadratic non-residue of each.
///
/// Below 2^49.7, p < 0.102 · 2^53: the error bounds of [`super::arch::generic::modular`] rest on that.
pub(crate) const PRIMES: [u64; 6] = [
    914_503_764_017_153,
    914_497_321_566_209,
    914_484_436_664_321,
    914_468_330_536_961,
    914_460_814_344_193,
    914_444_708_216_833,
];

const NON_RESIDUES: [u64; 6] = [3, 3, 3, 3, 5, 5];

pub(crate) const fn mul(a: u64, b: u64, p: u64) -> u64 {
    ((a as u128 * b as u128) % p as u128) as u64
}

pub(crate) const fn pow(mut base: u64, mut exponent: u64, p: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = mul(result, base, p);
        }
        base = mul(base, base, p);
        exponent >>= 1;
    }
    result
}

pub(crate) const fn inverse(a: u64, p: u64) -> u64 {
    pow(a, p - 2, p)
}

/// The representative of `a` in (−p/2, p/2).
pub(crate) const fn balanced(a: u64, p: u64) -> f64 {
    if a > p / 2 { -((p - a) as f64) } else { a as f64 }
}

/// `HALVES[k][s]` = 1/2^s modulo the prime, balanced.
pub(crate) static HALVES: [[f64; ORDER_BITS as usize + 1]; PRIMES.len()] = {
    let mut halves = [[0.0; ORDER_BITS as usize + 1]; PRIMES.len()];
    let mut k = 0;
    while k < PRIMES.len() {
        let p = PRIMES[k];
        let (mut inverse, mut s) = (1, 0);
        while s <= ORDER_BITS as usize {
            halves[k][s] = balanced(inverse, p);
            inverse = mul(inverse, p.div_ceil(2), p);
            s += 1;
        }
        k += 1;
    }
    halves
};

/// A primitive root of unity of order 2^`log` modulo the prime, the same tower for every `log`:
/// the square of `root(i, log + 1)` is `root(i, log)`.
pub(crate) const fn root(prime: usize, log: u32) -> u64 {
    let p = PRIMES[prime];
    pow(NON_RESIDUES[prime], (p - 1) >> log, p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primes_are_prime_and_have_the_roots() {
        for (i, &p) in PRIMES.iter().enumerate() {
            assert_eq!(p % (1 << ORDER_BITS), 1);
            assert!((p as f64).log2() < 49.7);
            // c·2^30 + 1 with c < 2^30: Proth's theorem makes this a proof of primality.
            assert!(p >> ORDER_BITS < 1 << ORDER_BITS);
            assert_eq!(pow(NON_RESIDUES[i], (p - 1) / 2, p), p - 1);
            assert_eq!(pow(root(i, ORDER_BITS), 1 << (ORDER_BITS - 1), p), p - 1);
            assert_eq!(mul(root(i, 9), root(i, 9), p), root(i, 8));
        }
    }
}
