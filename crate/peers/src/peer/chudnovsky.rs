//! The Chudnovsky series by plain binary splitting, over any library's integers.

/// The operations that a library's integers need.
pub trait Integer: Sized {
    fn new(value: u64) -> Self;
    fn negated(self) -> Self;
    fn sum(self, other: Self) -> Self;
    fn product(&self, other: &Self) -> Self;
    /// self / divisor, both positive, rounded down.
    fn quotient(self, divisor: &Self) -> Self;
    /// Rounded down.
    fn root(self) -> Self;
    fn power(base: u64, exponent: usize) -> Self;
    fn text(&self) -> String;
}

pub const A: u64 = 13_591_409;
pub const B: u64 = 545_140_134;
/// 640320³/24.
pub const C3_OVER_24: u64 = 10_939_058_860_032_000;
pub const DIGITS_PER_TERM: f64 = 14.181_647_462_725_477;
pub const GUARD_DIGITS: usize = 16;

/// The first `n` digits as text.
pub fn digits<I: Integer>(n: usize) -> Vec<u8> {
    let scale = n + GUARD_DIGITS;
    let terms = (scale as f64 / DIGITS_PER_TERM) as u64 + 2;
    let [_, q, t] = split::<I>(0, terms, false);
    finish(q, t, scale, n)
}

/// pi = 426880·√10005·q/t.
pub fn finish<I: Integer>(q: I, t: I, scale: usize, n: usize) -> Vec<u8> {
    let root = I::new(10_005).product(&I::power(100, scale)).root();
    let pi = q.product(&I::new(426_880)).product(&root).quotient(&t);
    drop((q, t, root));
    let mut text = pi.text().into_bytes();
    text.truncate(n);
    text
}

/// P, Q and T of the terms from a to b; no P where nothing needs it.
fn split<I: Integer>(a: u64, b: u64, needs_p: bool) -> [I; 3] {
    if b - a == 1 {
        if a == 0 {
            return [I::new(1), I::new(1), I::new(A)];
        }
        let p = I::new((6 * a - 5) * (2 * a - 1)).product(&I::new(6 * a - 1));
        let q = I::new(a).product(&I::new(a)).product(&I::new(a)).product(&I::new(C3_OVER_24));
        let t = p.product(&I::new(A + B * a));
        return [p, q, if a.is_multiple_of(2) { t } else { t.negated() }];
    }
    let middle = a.midpoint(b);
    let [p1, q1, t1] = split::<I>(a, middle, true);
    let [p2, q2, t2] = split::<I>(middle, b, needs_p);
    let t = q2.product(&t1).sum(p1.product(&t2));
    drop((t1, t2));
    let p = if needs_p { p1.product(&p2) } else { I::new(0) };
    [p, q1.product(&q2), t]
}
