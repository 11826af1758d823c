//! Reciprocals against num-bigint's quotients: from below, and within the error that is promised.

#![no_main]

use compute_pi::fuzzing::RECIPROCAL_ERROR;
use compute_pi_fuzz::{Machine, Number, b, big};
use libfuzzer_sys::fuzz_target;
use num_bigint::BigUint;

fuzz_target!(|input: (Machine, Number, u16)| {
    let (machine, divisor, precision) = input;
    let mut v = divisor.limbs();
    let n = v.len();
    v[n - 1] |= 1 << 63;
    let precision = 1 + usize::from(precision) % (2 * n);
    let reciprocal = big(&machine.arithmetic().reciprocal(&v, precision));
    let exact = b(precision + n) / big(&v);
    assert!(reciprocal <= exact);
    assert!(exact - reciprocal < BigUint::from(RECIPROCAL_ERROR));
});
