use num_bigint::BigUint;
use proptest::prelude::*;

use super::convert::Conversion;
use super::tree::Tree;
use crate::oracle::{big, operands};
use crate::run::{Context, Error, Job};

fn context(threads: usize) -> Context {
    Context { threads, ..Context::new(&Job::new()) }
}

/// The digits of a fraction as num-bigint has them.
fn expected(fraction: &[u64], digits: usize) -> Vec<u8> {
    let integer = (big(fraction) * BigUint::from(10u32).pow(digits as u32)) >> (64 * fraction.len());
    let text = integer.to_string();
    // Zero has one digit of its own, even where none is asked for.
    let zeros = std::iter::repeat_n(0, digits.saturating_sub(text.len()));
    zeros.chain(text.bytes().map(|c| c - b'0')).take(digits).collect()
}

/// The fraction 0.DIGITS followed by noise, in the limbs that a conversion takes.
fn fraction_of(digits: &str, tree: &Tree, count: usize) -> Vec<u64> {
    let limbs = tree.limbs(count);
    let tail = "7182818284590452353602874713526624977572";
    let text = format!("{digits}{}", tail.repeat(limbs / 2 + 2));
    let integer: BigUint = text.parse().unwrap();
    let mut fraction =
        ((integer << (64 * limbs)) / BigUint::from(10u32).pow(text.len() as u32)).to_u64_digits();
    fraction.resize(limbs, 0);
    fraction
}

/// All digits, leaf by leaf, and whether every leaf was certain.
fn by_leaves(mut conversion: Conversion, cx: &Context) -> (Vec<u8>, bool) {
    let (mut digits, mut certain) = (Vec::new(), true);
    loop {
        let length = conversion.next_len(cx).unwrap();
        if length == 0 {
            return (digits, certain);
        }
        let start = digits.len();
        digits.resize(start + length, 0);
        certain &= conversion.write_leaf(&mut digits[start..], cx);
    }
}

fn sizes() -> Vec<usize> {
    if cfg!(miri) {
        vec![0, 1, 28, 130]
    } else {
        (0..200).chain([1023, 1024, 1025, 2049, 5000, 20_011, 70_000]).collect()
    }
}

#[test]
fn agrees_with_num_bigint() {
    let cx = context(1);
    for n in sizes() {
        for leaf in [64, 256, 1024] {
            let tree = Tree::with_leaf(n, 2, leaf);
            for operand in operands(tree.limbs(n)).into_iter().take(if n > 5000 { 1 } else { 5 }) {
                let conversion = Conversion::over(tree, operand.clone(), n, &cx).unwrap();
                let (digits, certain) = by_leaves(conversion, &cx);
                // All ones are 0.999…, a single high bit is 0.5000…: those cannot be certain.
                if certain {
                    assert_eq!(digits, expected(&operand, n), "n = {n}, leaf = {leaf}");
                } else {
                    assert_ne!(
                        operand,
                        operands(tree.limbs(n))[0],
                        "noise is certain: n = {n}, leaf = {leaf}"
                    );
                }
            }
        }
    }
}

#[test]
fn threads_write_the_same_digits() {
    let n = if cfg!(miri) { 700 } else { 60_000 };
    let tree = Tree::with_leaf(n, 1, 64);
    let fraction = operands(tree.limbs(n))[0].clone();
    let expected = by_leaves(Conversion::over(tree, fraction.clone(), n, &context(1)).unwrap(), &context(1));
    assert!(expected.1);
    for threads in 1..=5 {
        let cx = context(threads);
        let mut digits = vec![0; n];
        assert_eq!(
            Conversion::over(tree, fraction.clone(), n, &cx).unwrap().write_all(&mut digits, &cx),
            Ok(true)
        );
        assert_eq!(digits, expected.0);
    }
}

#[test]
fn runs_at_the_end_are_reported_and_resolved_by_more_guard() {
    let cx = context(1);
    let n = 300;
    let few = |all: &'static [usize], miri| if cfg!(miri) { miri } else { all };
    for run in ["9", "0"] {
        for &length in few(&[15, 25, 60, 200], &[25]) {
            for &start in few(&[30, 64, 128, 290, 300], &[290]) {
                let digits =
                    format!("{}{}", &"31415926535897932384626433".repeat(12)[..start], run.repeat(length));
                let (mut guard, mut reported) = (1, false);
                let found = loop {
                    let tree = Tree::with_leaf(n, guard, 64);
                    let conversion = Conversion::over(tree, fraction_of(&digits, &tree, n), n, &cx).unwrap();
                    let (found, certain) = by_leaves(conversion, &cx);
                    if certain {
                        break found;
                    }
                    reported = true;
                    assert!(guard < 1000, "{length} times {run} from {start}");
                    guard *= 2;
                };
                let tree = Tree::with_leaf(n, guard, 64);
                assert_eq!(
                    found,
                    expected(&fraction_of(&digits, &tree, n), n),
                    "{length} times {run} from {start}"
                );
                // A run that reaches over the end of the output, by a guard limb and more, cannot go unnoticed.
                let over = start + length > n + 20 && start <= n;
                assert!(reported || !over, "{length} times {run} from {start}");
            }
        }
    }
}

#[test]
fn cancellation_ends_the_walk() {
    let job = Job::new();
    let cx = Context { threads: 1, ..Context::new(&job) };
    let tree = Tree::with_leaf(1000, 1, 64);
    let fraction = operands(tree.limbs(1000))[0].clone();
    let mut conversion = Conversion::over(tree, fraction.clone(), 1000, &cx).unwrap();
    assert_eq!(conversion.next_len(&cx), Ok(64));
    assert!(conversion.write_leaf(&mut [0; 64], &cx));
    job.handle.cancel();
    while let Ok(length) = conversion.next_len(&cx) {
        assert!(length > 0, "the walk went on to its end");
        conversion.write_leaf(&mut vec![0; length], &cx);
    }
    assert!(matches!(Conversion::over(tree, fraction, 1000, &cx), Err(Error::Cancelled)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 2 } else { 100 }))]

    #[test]
    fn any_fraction(digits in "[09]{0,40}[0-9]{1,300}[09]{0,40}", leaf in 1usize..4, guard in 1usize..6) {
        let cx = context(1);
        let count = digits.len();
        let tree = Tree::with_leaf(count, guard, 64 * leaf);
        let fraction = fraction_of(&digits, &tree, count);
        let (found, certain) = by_leaves(Conversion::over(tree, fraction.clone(), count, &cx).unwrap(), &cx);
        if certain {
            prop_assert_eq!(found, expected(&fraction, count));
        }
    }
}
