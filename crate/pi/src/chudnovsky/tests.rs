//! The series against the same series on num-bigint.

use super::*;

#[test]
fn digits_agree_with_the_oracle() {
    let digits = oracle::digits(30_000, &Job::new()).unwrap();
    for n in (0..3000).chain([10_000, 20_000, 29_999]) {
        assert_eq!(super::digits(n, &Job::new()).unwrap(), digits[..n], "{n} digits");
    }
}
