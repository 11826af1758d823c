//! Products by columns and sums of two of them against num-bigint, of all lengths that the kernels take.

#![no_main]

use compute_pi::fuzzing::COLUMN_LIMBS_MAX;
use compute_pi_fuzz::{Machine, Number, big};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Machine, [Number; 4])| {
    let (machine, numbers) = input;
    let [a, b, c, d] = numbers.map(|number| {
        let mut limbs = number.limbs();
        limbs.truncate(COLUMN_LIMBS_MAX);
        limbs
    });
    let (first, second) = (longer_first(&a, &b), longer_first(&c, &d));
    let arithmetic = machine.arithmetic();
    assert_eq!(big(&arithmetic.columns(&[first])), big(&a) * big(&b));
    assert_eq!(big(&arithmetic.columns(&[first, second])), big(&a) * big(&b) + big(&c) * big(&d));
    assert_eq!(big(&arithmetic.columns(&[[&a, &a]])), big(&a) * big(&a));
});

fn longer_first<'a>(a: &'a [u64], b: &'a [u64]) -> [&'a [u64]; 2] {
    if a.len() < b.len() { [b, a] } else { [a, b] }
}
