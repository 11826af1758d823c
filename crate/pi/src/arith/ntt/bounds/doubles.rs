//! Doubles. Sizes are in units of p. A step's result follows from the sizes of its inputs by the formulas of
//! `kernels::doubles`, and every intermediate integer has to stay below 2^53.

use crate::arith::ntt::Plan;
use crate::arith::ntt::layout::{LAYOUTS, MAX_LIMBS};
use crate::arith::ntt::primes::{ORDER_BITS, PRIMES, SHORT};

/// The largest p, in units of 2^53.
fn p() -> f64 {
    PRIMES.map(|p| p as f64).into_iter().fold(0.0, f64::max) / 2f64.powi(53)
}

/// A size that may stand in a lane: that of an integer of fewer than 53 bits.
fn stored(size: f64) -> f64 {
    assert!(size * p() < 1.0, "{size} p is no integer of 53 bits");
    size
}

/// |a·b mod p|: the quotient is off by half, and by three relative roundings of 2^-53 of its size: the product's,
/// that of 1/p, and that of their product. The quotient has to stay below 2^51, from where on `nearest_product` is not
/// the nearest integer.
///
/// Modulo short primes the product is an integer in a lane, and so is that of its quotient and p, which is off by a
/// half of p; it is reduced.
fn product(a: f64, b: f64) -> f64 {
    if SHORT {
        stored(a * b * p() * 2f64.powi(53) * p() + 0.5 * p());
        return reduced(a * b);
    }
    assert!(a * b * p() < 0.25);
    wide_product(a, b)
}

/// The same by `mul_wide`, whose quotient has to stay below 2^52, from where on `round` is not the nearest integer.
fn wide_product(a: f64, b: f64) -> f64 {
    if SHORT {
        return product(a, b);
    }
    let quotient = a * b * p();
    assert!(quotient < 0.5);
    stored(0.5 + 3.01 * quotient)
}

/// |x mod p| after a reduction: the quotient is small. Modulo short primes it may be 2^53/p, of which the two roundings
/// leave less than 2^-20.
fn reduced(_: f64) -> f64 {
    0.5 + 2f64.powi(if SHORT { -20 } else { -40 })
}

/// Twiddle factors are balanced.
const TWIDDLE: f64 = 0.5;
/// The inputs of forward passes and [`product`]s.
const FORWARD: f64 = if SHORT { 2.51 } else { 3.0 };
/// The inputs and results of inverse passes.
const INVERSE: f64 = if SHORT { 0.501 } else { 1.5 };
/// The results of the conversion from limbs.
const FRESH: f64 = if SHORT { 0.501 } else { 0.6 };

/// The figures that `primes` and `kernels::doubles` quote.
#[test]
fn sums_hold_ten_p_and_products_little_more_than_a_half() {
    assert!(10.0 * p() < 1.0 && product(1.0, 1.0) - 0.5 <= 0.301);
    // Whatever is in a lane can be reduced, modulo the least prime.
    let quotient = 2f64.powi(53) / PRIMES.map(|p| p as f64).into_iter().fold(f64::MAX, f64::min);
    assert!(!SHORT || 3.01 * quotient * 2f64.powi(-53) < 2f64.powi(-20));
}

#[test]
fn residues_are_fresh() {
    for layout in &LAYOUTS {
        if SHORT {
            // Two numbers of 48 and 27 bits at most: the upper one's product with a balanced factor, and the lower one.
            let upper = 2f64.powi(layout.bits().saturating_sub(48) as i32);
            stored(upper * TWIDDLE + 2f64.powi(48 - 53) / p());
            assert!(reduced(0.0) < FRESH);
            continue;
        }
        // The digits themselves, and a balanced remainder plus a digit. β + 53 bits of quotient rounding cost nothing:
        // the quotient is at most 2^β < 2^51 and off by less than 2^-5 more than a half.
        let digit = 2f64.powi(layout.digit_bits as i32 - 53) / p();
        assert!(digit < 0.1 && 0.5 + 2f64.powi(layout.digit_bits as i32 - 52) + digit < FRESH);
    }
}

#[test]
fn forward_passes_stay_within_their_bound() {
    let t = product(FORWARD, TWIDDLE);
    let (b0, b1) = (reduced(FORWARD) + t, stored(FORWARD + t));
    assert!(stored(b0 + product(b1, TWIDDLE)) <= FORWARD);
    // The pass of one level.
    assert!(stored(reduced(FORWARD) + t) <= FORWARD);
}

#[test]
fn first_levels_stay_within_the_bound() {
    // Four terms or half of the rows: sums of two twice.
    assert!(stored(4.0 * FRESH) <= FORWARD);
    assert!(2.0 * FRESH + product(2.0 * FRESH, TWIDDLE) <= FORWARD);
    // More: wrapped terms, the even ones reduced.
    let wrapped = 2.0 * FRESH;
    assert!(reduced(2.0 * wrapped) + stored(2.0 * wrapped) <= FORWARD);
    let t = product(wrapped, TWIDDLE);
    assert!(stored(wrapped + t) + product(wrapped + t, TWIDDLE) <= FORWARD);
}

#[test]
fn pointwise_products_can_be_transformed_back() {
    let value = product(reduced(FORWARD), FORWARD);
    assert!(value <= INVERSE);
    // Sums of products are reduced after every term.
    assert!(reduced(stored(INVERSE + value)) <= INVERSE);
}

#[test]
fn inverse_passes_stay_within_their_bound() {
    let (b0, b1) = (stored(2.0 * INVERSE), product(2.0 * INVERSE, TWIDDLE));
    assert!(reduced(stored(2.0 * b0)) <= INVERSE && reduced(stored(2.0 * b1)) <= INVERSE);
    assert!(wide_product(2.0 * b0, TWIDDLE) <= INVERSE && product(2.0 * b1, TWIDDLE) <= INVERSE);
}

#[test]
fn last_levels_stay_within_the_bound() {
    let v = reduced(stored(4.0 * INVERSE));
    stored(2.0 * INVERSE + product(2.0 * INVERSE, TWIDDLE));
    // Eight rows.
    stored(v + INVERSE);
    // Fewer: the halved polynomial modulo y² ∓ i, and the rest from it.
    let g = product(v + product(v, TWIDDLE), TWIDDLE);
    stored(g + product(g, TWIDDLE) + 2.0 * INVERSE);
    stored(g + product(2.0 * INVERSE, TWIDDLE));
    stored(g + 2.0 * INVERSE);
    let q = reduced(0.0);
    let value = stored(g + product(g + q, TWIDDLE) + 2.0 * INVERSE + q);
    let r = product(product(value, TWIDDLE), TWIDDLE);
    assert!(r <= INVERSE);
    stored(q + product(r, TWIDDLE));
    stored(v + r);
}

#[test]
fn columns_hold_the_sums() {
    for layout in &LAYOUTS {
        let y = product(INVERSE, reduced(product(TWIDDLE, TWIDDLE)));
        let radix = 2f64.powi(layout.digit_bits as i32);
        for d in 0..layout.columns {
            if SHORT {
                // The sum of products and the quotient's stay below 2^51.
                let products = layout.cofactor[..layout.primes].iter().zip(PRIMES);
                let sum: f64 = products.map(|(digits, p)| y * p as f64 * digits[d].abs()).sum();
                let quotient = layout.primes as f64 * y + 1.0;
                assert!(sum + quotient * layout.product[d] < 2f64.powi(51), "{layout:?}");
                continue;
            }
            let factors: f64 = layout.cofactor[..layout.primes].iter().map(|digits| digits[d].abs()).sum();
            // The biased sum keeps its last place: |Σ y·digit| < 2^(51 + β).
            assert!(y * p() * factors < radix / 4.0, "{layout:?}");
            // The remainders and the quotient's product: below 2^51.
            let quotient = layout.primes as f64 * y + 1.0;
            assert!(quotient * layout.product[d] < 2f64.powi(53));
            assert!(layout.primes as f64 * radix / 2.0 + quotient * layout.product[d] < 2f64.powi(50));
        }
        // The quotient's sum is off by far less than the hundredth of P that `max_products` leaves.
        assert!(0.01 > layout.primes as f64 * 8.0 * 2f64.powi(-53) * layout.primes as f64);
        assert!(layout.max_products >= 2f64.powi(16));
    }
}

#[test]
fn the_most_digits_fit() {
    // The largest products have operands of as many bits as the digits, twice, and two terms.
    let bits = crate::MAX_DIGITS as u64 * 3_321_928_095 / 1_000_000_000;
    let limbs = (2 * bits.div_ceil(64) as usize + 8).min(MAX_LIMBS);
    let plan = Plan::for_product(limbs, 2);
    assert!(plan.modulus_limbs() >= limbs);
    assert!(plan.points() <= 1 << ORDER_BITS);
    assert!(Plan::cyclic(limbs).modulus_limbs() >= limbs);
}
