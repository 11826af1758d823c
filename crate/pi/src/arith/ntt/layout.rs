//! How many primes, how many bits a coefficient, and the constants of the Chinese remainder theorem for them.

use super::primes::{self, ORDER_BITS, PRIMES, SHORT};

/// Columns of the widest layout.
pub(crate) const MAX_COLUMNS: usize = if SHORT { 8 } else { 7 };
/// Digits of its coefficients.
pub(crate) const MAX_COEFFICIENT_DIGITS: usize = 3;
const LIMBS: usize = 6;

/// A number of primes with a number of bits a coefficient.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// Number of primes.
    pub(crate) primes: usize,
    /// β: coefficients are made of digits of so many bits.
    pub(crate) digit_bits: u32,
    /// Digits of a factor's coefficient: 2 or 3.
    pub(crate) digits: usize,
    /// Columns of a coefficient of the product.
    pub(crate) columns: usize,
    /// The digits of P/p_k, balanced.
    pub(crate) cofactor: [[f64; MAX_COLUMNS]; PRIMES.len()],
    /// The digits of P.
    pub(crate) product: [f64; MAX_COLUMNS],
    /// 1/(P/p_k) modulo p_k, balanced.
    pub(crate) inverse: [f64; PRIMES.len()],
    /// 1.5·2^(52 + β).
    pub(crate) high_bias: f64,
    /// The largest sum of products of two coefficients that can be told from its residues: 3P/4 less what the
    /// rounded quotient may be off by.
    pub(crate) max_products: f64,
}

/// From the widest to the narrowest coefficients for every number of primes: narrow ones allow long transforms.
pub(crate) static LAYOUTS: [Layout; SHAPES.len()] = {
    let mut layouts = [Layout::new(SHAPES[0]); SHAPES.len()];
    let mut i = 1;
    while i < SHAPES.len() {
        layouts[i] = Layout::new(SHAPES[i]);
        i += 1;
    }
    layouts
};

/// Their primes, bits of a digit, and digits.
const SHAPES: &[(usize, u32, usize)] = if SHORT {
    &[(3, 15, 2), (4, 21, 2), (4, 20, 2), (5, 18, 3), (6, 22, 3), (7, 25, 3)]
} else {
    &[
        (3, 33, 2),
        (3, 32, 2),
        (3, 30, 2),
        (4, 45, 2),
        (4, 44, 2),
        (4, 42, 2),
        (5, 38, 3),
        (5, 37, 3),
        (6, 46, 3),
        (6, 45, 3),
    ]
};

/// Limbs of the longest product that has its transforms, in the widest coefficients; of long primes, more than there ever are.
pub(crate) const MAX_LIMBS: usize = if SHORT { (1 << ORDER_BITS) / 64 * 75 } else { usize::MAX / 64 };

/// Whether a product of so many limbs has its transforms.
#[inline(always)]
pub(crate) const fn fits(limbs: usize) -> bool {
    !SHORT || limbs <= MAX_LIMBS
}

impl Layout {
    /// 1.5·2^52: the bits of this plus n are its bits, as an integer, plus n for |n| < 2^51.
    pub(crate) const LOW_BIAS: f64 = 1.5 * (1u64 << 52) as f64;

    /// Bits of a factor's coefficient.
    pub(crate) const fn bits(&self) -> usize {
        self.digit_bits as usize * self.digits
    }

    /// The value of a column is its bits as an integer minus this.
    pub(crate) const fn bias(&self, column: usize) -> u64 {
        let high = if column > 0 { self.high_bias.to_bits() } else { 0 };
        Self::LOW_BIAS.to_bits().wrapping_add(high)
    }

    const fn new((primes, digit_bits, digits): (usize, u32, usize)) -> Self {
        let factors = match primes {
            3 | 4 => 4,
            5 | 6 => 6,
            _ => 7,
        };
        let mut cofactor = [[0.0; MAX_COLUMNS]; PRIMES.len()];
        let mut inverse = [0.0; PRIMES.len()];
        let mut k = 0;
        while k < primes {
            let p = PRIMES[k];
            let value = product(primes, k);
            cofactor[k] = balance(value, digit_bits, factors);
            let mut residue = 1;
            let mut i = 0;
            while i < primes {
                if i != k {
                    residue = primes::mul(residue, PRIMES[i] % p, p);
                }
                i += 1;
            }
            inverse[k] = primes::balanced(primes::inverse(residue, p), p);
            k += 1;
        }
        let value = product(primes, PRIMES.len());
        let mut all = [0.0; MAX_COLUMNS];
        let mut d = 0;
        while d <= factors {
            all[d] = digit(&value, d, digit_bits) as f64;
            d += 1;
        }
        // The last one is what remains.
        all[factors] += digit(&value, factors + 1, digit_bits) as f64 * (1u64 << digit_bits) as f64;
        let mut max_products = 0.74;
        let mut i = 0;
        while i < primes {
            max_products *= PRIMES[i] as f64;
            i += 1;
        }
        let mut i = 0;
        while i < digits {
            max_products /= (1u128 << (2 * digit_bits)) as f64;
            i += 1;
        }
        Self {
            primes,
            digit_bits,
            digits,
            columns: factors + 1,
            cofactor,
            product: all,
            inverse,
            high_bias: 1.5 * (1u128 << (52 + digit_bits)) as f64,
            max_products,
        }
    }
}

/// The product of the first primes but one.
const fn product(primes: usize, without: usize) -> [u64; LIMBS] {
    let mut value = [0; LIMBS];
    value[0] = 1;
    let mut i = 0;
    while i < primes {
        if i != without {
            let mut carry = 0;
            let mut l = 0;
            while l < LIMBS {
                let t = value[l] as u128 * PRIMES[i] as u128 + carry;
                value[l] = t as u64;
                carry = t >> 64;
                l += 1;
            }
        }
        i += 1;
    }
    value
}

/// Digit d of base 2^bits.
const fn digit(value: &[u64; LIMBS], d: usize, bits: u32) -> u64 {
    let at = d * bits as usize;
    let (limb, shift) = (at / 64, at % 64);
    let low = if limb < LIMBS { value[limb] } else { 0 };
    let high = if limb + 1 < LIMBS { value[limb + 1] } else { 0 };
    ((low as u128 | (high as u128) << 64) >> shift) as u64 & ((1 << bits) - 1)
}

/// Digits from −2^(bits − 1) to 2^(bits − 1), the last one with what remains.
const fn balance(value: [u64; LIMBS], bits: u32, count: usize) -> [f64; MAX_COLUMNS] {
    let mut digits = [0.0; MAX_COLUMNS];
    let mut carry = 0;
    let mut d = 0;
    while d < count {
        let mut x = (digit(&value, d, bits) + carry) as i64;
        carry = 0;
        if x > 1 << (bits - 1) {
            x -= 1 << bits;
            carry = 1;
        }
        digits[d] = x as f64;
        d += 1;
    }
    assert!(carry == 0 && digit(&value, count, bits) == 0, "the last digit is not balanced away");
    digits
}
