//! Products, sums of two of them and squares against num-bigint.

#![no_main]

use compute_pi_fuzz::{Machine, Number, big};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Machine, Number, Number, Number)| {
    let (machine, a, b, c) = input;
    let (arithmetic, a, b, c) = (machine.arithmetic(), a.limbs(), b.limbs(), c.limbs());
    assert_eq!(big(&arithmetic.multiply(&a, &b)), big(&a) * big(&b));
    assert_eq!(big(&arithmetic.square(&a)), big(&a) * big(&a));
    let sum = arithmetic.sum_of_products([[&a, &b], [&c, &a]]);
    assert_eq!(big(&sum), big(&a) * big(&b) + big(&c) * big(&a));
});
