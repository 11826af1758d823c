//! Every operation against num-bigint, at sizes around each crossover and with operands that provoke carries.

use num_bigint::BigUint;
use proptest::collection::vec;
use proptest::prelude::*;

use super::sub::sub_word;
use super::*;
use crate::run::{Context, Job};
use crate::simd::Detected;

/// Limbs that are often all ones or zero, so that carries run far.
fn limb() -> impl Strategy<Value = u64> {
    prop_oneof![3 => any::<u64>(), 3 => Just(u64::MAX), 2 => Just(0), 1 => Just(1), 1 => Just(1 << 63)]
}

fn number(limbs: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<u64>> {
    vec(limb(), limbs)
}

/// Sizes on both sides of each crossover.
fn size() -> impl Strategy<Value = usize> {
    let Sizes { columns, square_columns, karatsuba, square_karatsuba, transform, square_transform, .. } =
        *Sizes::of(Detected::best());
    let edges =
        [1, 4, columns, square_columns, karatsuba, square_karatsuba, transform, square_transform, 430];
    let edges = edges.map(|size| size.min(if cfg!(miri) { 20 } else { 500 }));
    prop_oneof![
        0..12usize,
        (0..edges.len(), 0..6usize).prop_map(move |(e, d)| (edges[e] + d).saturating_sub(3))
    ]
}

fn value(a: &[u64]) -> BigUint {
    BigUint::from_slice(&a.iter().flat_map(|&x| [x as u32, (x >> 32) as u32]).collect::<Vec<_>>())
}

fn one_shl(bits: usize) -> BigUint {
    BigUint::from(1u32) << bits
}

proptest! {
    #[test]
    fn addition_and_subtraction(mut a in number(0..40), b in number(0..40)) {
        let (mut a, b) = if a.len() < b.len() { (b, std::mem::take(&mut a)) } else { (a, b) };
        let before = a.clone();
        let carry = add_assign(&mut a, &b);
        prop_assert_eq!(value(&a) + one_shl(64 * a.len()) * u32::from(carry), value(&before) + value(&b));
        prop_assert_eq!(sub_assign(&mut a, &b), carry);
        prop_assert_eq!(a, before);
    }

    #[test]
    fn words_added_and_subtracted(mut a in number(0..10), w in limb()) {
        let before = a.clone();
        let carry = add_word(&mut a, w);
        let whole = value(&a) + one_shl(64 * a.len()) * u32::from(carry);
        if a.is_empty() {
            prop_assert_eq!(carry, w != 0);
        } else {
            prop_assert_eq!(whole, value(&before) + w);
        }
        prop_assert_eq!(sub_word(&mut a, w), carry);
        prop_assert_eq!(a, before);
    }

    #[test]
    fn order_and_length(a in number(0..6), b in number(0..6)) {
        prop_assert_eq!(compare(&a, &b), value(&a).cmp(&value(&b)));
        let mut trimmed = a.clone();
        trim(&mut trimmed);
        prop_assert_eq!(trimmed.len(), significant(&a));
        prop_assert_eq!(value(&trimmed), value(&a));
        prop_assert_ne!(trimmed.last(), Some(&0));
    }

    #[test]
    fn shifts(a in number(0..20), bits in 0..64u32) {
        let mut b = a.clone();
        let top = shl_assign(&mut b, bits);
        prop_assert_eq!(value(&b) + (BigUint::from(top) << (64 * b.len())), value(&a) << bits);
        let mut c = a.clone();
        let bottom = shr_assign(&mut c, bits);
        prop_assert_eq!((value(&c) << bits) + bottom, value(&a));
    }

    #[test]
    fn word_products(a in number(0..20), start in number(20), w in limb(), carry in limb()) {
        let mut out = a.clone();
        let high = mul_word_assign(&mut out, w, carry);
        out.push(high);
        prop_assert_eq!(value(&out), value(&a) * w + carry);

        let mut out = start[..a.len()].to_vec();
        let high = add_mul_word(&mut out, &a, w);
        prop_assert_eq!(value(&out) + (BigUint::from(high) << (64 * a.len())), value(&start[..a.len()]) + value(&a) * w);
    }

    #[test]
    fn products_by_four_words(a in number(0..20), words in number(4)) {
        let mut out = a.clone();
        let above = mul_rows_assign(&mut out, words.as_array::<4>().unwrap());
        out.extend(above);
        prop_assert_eq!(value(&out), value(&a) * value(&words));
    }

    #[test]
    fn products((a, b) in (size(), size()).prop_flat_map(|(n, m)| (number(n), number(m)))) {
        let cx = Context::new(&Job::new());
        let mut out = vec![7; a.len() + b.len()];
        mul(&mut out, &a, &b, &cx);
        prop_assert_eq!(value(&out), value(&a) * value(&b));
        let mut sum = vec![7; a.len() + a.len().max(b.len()) + 1];
        mul_sum(&mut sum, [[&a, &b], [&a, &a]], &cx);
        prop_assert_eq!(value(&sum), value(&a) * value(&b) + value(&a) * value(&a));
        let mut out = vec![7; 2 * a.len()];
        square(&mut out, &a, &cx);
        prop_assert_eq!(value(&out), value(&a) * value(&a));
    }
}

/// Rows are taken four at a time, and the last ones by themselves.
#[test]
fn squares_of_every_short_length() {
    let cx = &Context::new(&Job::new());
    for n in 1..if cfg!(miri) { 10 } else { 66 } {
        let mixed = (0..n as u64).map(|i| i.wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect();
        for a in [vec![u64::MAX; n], mixed] {
            let mut out = vec![7; 2 * n];
            square(&mut out, &a, cx);
            assert_eq!(value(&out), value(&a) * value(&a), "{n} limbs");
        }
    }
}
