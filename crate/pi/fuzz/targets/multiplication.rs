//! Products and squares against num-bigint.

#![no_main]

use compute_pi_fuzz::{Machine, Number, big};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Machine, Number, Number)| {
    let (machine, a, b) = input;
    let (arithmetic, a, b) = (machine.arithmetic(), a.limbs(), b.limbs());
    assert_eq!(big(&arithmetic.multiply(&a, &b)), big(&a) * big(&b));
    assert_eq!(big(&arithmetic.square(&a)), big(&a) * big(&a));
});
