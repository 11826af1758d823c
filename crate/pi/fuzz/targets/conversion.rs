//! Decimal digits of fractions against num-bigint's.

#![no_main]

use compute_pi::fuzzing::Arithmetic;
use compute_pi_fuzz::{Machine, Number, big};
use libfuzzer_sys::fuzz_target;
use num_bigint::BigUint;

fuzz_target!(|input: (Machine, Number, u16, bool)| {
    let (machine, number, digits, more) = input;
    let (digits, guard) = (1 + usize::from(digits) % 12_000, 2 + usize::from(more));
    let fraction = number.repeated(Arithmetic::fraction_limbs(digits, guard));
    let integer = (big(&fraction) * BigUint::from(10u32).pow(digits as u32)) >> (64 * fraction.len());
    // Where a run of zeros or nines leaves them open, there are no digits, rather than wrong ones.
    if let Some(found) = machine.arithmetic().decimal_digits(fraction, digits, guard) {
        let text: String = found.iter().map(|&digit| char::from(b'0' + digit)).collect();
        assert_eq!(text, format!("{integer:0>digits$}"));
    }
});
