//! The primes, and exact word arithmetic modulo them for the constants.

/// Whether the primes are so short that products of residues are doubles: where products and sums are not fused, to
/// split a product takes four times as long. The tests run with `--cfg short_primes`, too; `--cfg long_primes` is for a
/// module that estimates for engines that fuse.
pub(crate) const SHORT: bool = cfg!(any(
    short_primes,
    all(
        target_arch = "wasm32",
        target_feature = "simd128",
        not(target_feature = "relaxed-simd"),
        not(long_primes)
    )
));

/// Transforms of up to 2^`ORDER_BITS` points have their roots of unity modulo every prime.
pub(crate) const ORDER_BITS: u32 = if SHORT { 20 } else { 30 };

const COUNT: usize = if SHORT { SHORT_PRIMES.len() } else { LONG_PRIMES.len() };

pub(crate) const PRIMES: [u64; COUNT] = chosen(&SHORT_PRIMES, &LONG_PRIMES);

const NON_RESIDUES: [u64; COUNT] = chosen(&[3, 5, 5, 3, 3, 3, 3], &[7, 11, 7, 3, 3, 5]);

/// The six largest primes c·2^30 + 1 below 2^52/5.
///
/// Doubles hold sums up to ten times p, and words of 52 bits five summands: see the tests in [`super::bounds`].
const LONG_PRIMES: [u64; 6] = [
    900_715_845_255_169,
    900_702_960_353_281,
    900_699_739_127_809,
    900_691_149_193_217,
    900_678_264_291_329,
    900_648_199_520_257,
];

/// The seven largest primes c·2^20 + 1 below 2^26.2: products of 3/2·p by p are integers below 2^53.
const SHORT_PRIMES: [u64; 7] =
    [70_254_593, 69_206_017, 28_311_553, 26_214_401, 23_068_673, 13_631_489, 7_340_033];

const fn chosen(short: &[u64], long: &[u64]) -> [u64; COUNT] {
    *if SHORT { short } else { long }.first_chunk().unwrap()
}

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

/// `POWERS[e][k]` = 2^e/2^[`ORDER_BITS`] modulo prime k, balanced: what undoes the factors of transforms and products.
pub(crate) static POWERS: [[f64; PRIMES.len()]; ORDER_BITS as usize + 53] = {
    let mut powers = [[0.0; PRIMES.len()]; ORDER_BITS as usize + 53];
    let mut k = 0;
    while k < PRIMES.len() {
        let p = PRIMES[k];
        let mut power = inverse(1 << ORDER_BITS, p);
        let mut e = 0;
        while e < powers.len() {
            powers[e][k] = balanced(power, p);
            power = mul(power, 2, p);
            e += 1;
        }
        k += 1;
    }
    powers
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
            assert!(if SHORT { 3 * p * p / 2 < 1 << 53 } else { 5 * p < 1 << 52 });
            // c·2^k + 1 with c < 2^k: Proth's theorem makes this a proof of primality.
            assert!(p >> ORDER_BITS < 1 << ORDER_BITS);
            assert_eq!(pow(NON_RESIDUES[i], (p - 1) / 2, p), p - 1);
            assert_eq!(pow(root(i, ORDER_BITS), 1 << (ORDER_BITS - 1), p), p - 1);
            assert_eq!(mul(root(i, 9), root(i, 9), p), root(i, 8));
        }
    }
}
