use num_bigint::BigUint;
use proptest::prelude::*;

use super::*;
use crate::oracle::{big, operands};
use crate::run::Job;

fn modulus(ring: &Ring) -> BigUint {
    (BigUint::from(1u32) << (64 * ring.limbs())) - 1u32
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 4 } else { 200 }))]

    #[test]
    fn agrees_with_num_bigint(
        size in 1usize..if cfg!(miri) { 8 } else { 200 },
        pick in proptest::array::uniform4((0usize..5, 0.0..1.0f64)),
        power in 0usize..300,
    ) {
        let cx = Context::new(&Job::new());
        let ring = Ring::new(size);
        let [a, b, c, d] = pick.map(|(kind, share)| operands((share * ring.limbs() as f64) as usize + 1)[kind].clone());
        let modulus = modulus(&ring);

        let d_residue = ring.forward(&d, &cx);
        let expected = (big(&a) * big(&b) + big(&c) * big(&d)) % &modulus;
        let products = [(&a[..], RingFactor::Number(&b)), (&c[..], RingFactor::Residue(&d_residue))];
        prop_assert_eq!(big(&ring.sum_of_products(&products, &cx)), expected);

        let mut square = ring.product(&a, RingFactor::Itself, &cx);
        prop_assert_eq!(big(&square), big(&a).pow(2) % &modulus);

        ring.power_minus(power, &mut square);
        prop_assert_eq!((big(&square) + big(&a).pow(2)) % &modulus, (BigUint::from(1u32) << (64 * power)) % &modulus);

        let negated = ring.product(&b, RingFactor::Number(&ring.negated(a.clone())), &cx);
        prop_assert_eq!((big(&negated) + big(&a) * big(&b)) % &modulus, BigUint::ZERO);
    }
}
