//! Products by rows, up to four at a time: quadratic, and the fastest for small operands.

use super::wide::Multiplier;
use super::{add_mul_word, add_word};

/// out = a·b, with `out.len() == a.len() + b.len()` and neither empty; quickest when `a` is the longer.
pub(super) fn mul(out: &mut [u64], a: &[u64], b: &[u64]) {
    let n = a.len();
    out[..n].fill(0);
    let (blocks, rest) = b.as_chunks::<4>();
    let mut at = 0;
    for rows in blocks {
        add_mul_rows(&mut out[at..], a, rows);
        at += 4;
    }
    match *rest {
        [x, y, z] => add_mul_rows(&mut out[at..], a, &[x, y, z]),
        [x, y] => add_mul_rows(&mut out[at..], a, &[x, y]),
        [x] => add_mul_rows(&mut out[at..], a, &[x]),
        _ => {}
    }
}

/// out[..n + R] = out[..n] + a·rows, with n = `a.len()`.
///
/// The limb of `a` stays in a register for all rows and each limb of `out` is touched once. A limb's products are
/// added up first, then added to what came before, in two chains of carries that need no more than one flag each.
#[inline]
fn add_mul_rows<const R: usize>(out: &mut [u64], a: &[u64], rows: &[u64; R]) {
    let (low, high) = out.split_at_mut(a.len());
    let (rows, mut window) = (rows.map(Multiplier::new), [0; R]);
    for (o, &x) in low.iter_mut().zip(a) {
        *o = step(x, *o, &rows, &mut window);
    }
    high[..R].copy_from_slice(&window);
}

/// a = the lowest limbs of a·rows, as many as there were; the R above them.
pub(crate) fn mul_rows_assign<const R: usize>(a: &mut [u64], rows: &[u64; R]) -> [u64; R] {
    let (rows, mut window) = (rows.map(Multiplier::new), [0; R]);
    for x in a {
        *x = step(*x, 0, &rows, &mut window);
    }
    window
}

/// The lowest limb of x·rows + window + addend; the window becomes those above it.
#[inline(always)]
fn step<const R: usize>(x: u64, addend: u64, rows: &[Multiplier; R], window: &mut [u64; R]) -> u64 {
    let (mut product, mut above) = ([0; R], [0; R]);
    (product[0], above[0]) = rows[0].carrying_mul(x, addend);
    for i in 1..R {
        (product[i], above[i]) = rows[i].carrying_mul(x, 0);
    }
    let mut carry = false;
    for i in 1..R {
        (product[i], carry) = product[i].carrying_add(above[i - 1], carry);
    }
    let top = above[R - 1] + u64::from(carry);
    let low;
    (low, carry) = product[0].carrying_add(window[0], false);
    for i in 1..R {
        (window[i - 1], carry) = product[i].carrying_add(window[i], carry);
    }
    window[R - 1] = top + u64::from(carry);
    low
}

/// out = a², with `out.len() == 2 · a.len()`: the products of unequal limbs once, doubled, and the squares.
pub(super) fn square(out: &mut [u64], a: &[u64]) {
    let n = a.len();
    out[..n].fill(0);
    let mut at = 0;
    while let Some((rows, rest)) = a[at..].split_first_chunk::<4>() {
        // The rows by what is right of them, and then by each other.
        add_mul_rows(&mut out[2 * at + 4..], rest, rows);
        for i in 0..3 {
            let carry = add_mul_word(&mut out[2 * (at + i) + 1..], &rows[i + 1..], rows[i]);
            add_word(&mut out[2 * at + i + 4..at + n + 4], carry);
        }
        at += 4;
    }
    for i in at..n {
        out[n + i] = add_mul_word(&mut out[2 * i + 1..], &a[i + 1..], a[i]);
    }
    let (mut top, mut carry) = (0, 0);
    for (pair, &x) in out.as_chunks_mut::<2>().0.iter_mut().zip(a) {
        let (low, high) = (pair[0] << 1 | top, pair[1] << 1 | pair[0] >> 63);
        top = pair[1] >> 63;
        let square;
        (pair[0], square) = Multiplier::new(x).carrying_mul_add(x, low, carry);
        let overflow;
        (pair[1], overflow) = high.overflowing_add(square);
        carry = u64::from(overflow);
    }
}
