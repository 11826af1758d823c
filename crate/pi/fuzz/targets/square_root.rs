//! Inverse square roots against num-bigint's roots: from below, and within the error that is promised.

#![no_main]

use compute_pi::fuzzing::INVERSE_SQRT_ERROR;
use compute_pi_fuzz::{Machine, b, big};
use libfuzzer_sys::fuzz_target;
use num_bigint::BigUint;

fuzz_target!(|input: (Machine, u32, u16)| {
    let (machine, d, precision) = input;
    if d < 2 || d.isqrt().pow(2) == d {
        return;
    }
    let precision = 1 + usize::from(precision) % 400;
    let root = big(&machine.arithmetic().inverse_sqrt(d.into(), precision));
    let exact = (b(2 * precision) / d).sqrt();
    assert!(root <= exact);
    assert!(exact - root < BigUint::from(INVERSE_SQRT_ERROR));
});
