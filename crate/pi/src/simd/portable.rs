//! Four doubles in an array: any machine, no FMA. Products are split by Veltkamp's and Dekker's method
//! (T. J. Dekker, "A floating-point technique for extending the available precision", 1971).

use super::{Vectors, Window};

/// No instructions beyond those that the target guarantees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portable;

type F64x4 = [f64; 4];

#[inline(always)]
fn zip(a: F64x4, b: F64x4, f: impl Fn(f64, f64) -> f64) -> F64x4 {
    std::array::from_fn(|i| f(a[i], b[i]))
}

/// The upper 26 bits of x, exactly as a double.
#[inline(always)]
fn upper(x: f64) -> f64 {
    let t = x * ((1u64 << 27) + 1) as f64;
    t - (t - x)
}

#[inline(always)]
fn two_product(a: f64, b: f64) -> (f64, f64) {
    let h = a * b;
    let (a1, b1) = (upper(a), upper(b));
    let (a0, b0) = (a - a1, b - b1);
    (h, ((a1 * b1 - h) + a1 * b0 + a0 * b1) + a0 * b0)
}

impl Vectors for Portable {
    type Vector = F64x4;
    type Window = Window;

    const LANES: usize = 4;
    const COMPACT: bool = true;

    #[inline(always)]
    fn splat(self, x: f64) -> F64x4 {
        [x; 4]
    }

    #[inline(always)]
    fn add(self, a: F64x4, b: F64x4) -> F64x4 {
        zip(a, b, |a, b| a + b)
    }

    #[inline(always)]
    fn sub(self, a: F64x4, b: F64x4) -> F64x4 {
        zip(a, b, |a, b| a - b)
    }

    #[inline(always)]
    fn mul(self, a: F64x4, b: F64x4) -> F64x4 {
        zip(a, b, |a, b| a * b)
    }

    #[inline(always)]
    fn round(self, a: F64x4) -> F64x4 {
        // Doubles from 2^52 on are integers.
        a.map(|x| {
            let magic = f64::copysign((1u64 << 52) as f64, x);
            (x + magic) - magic
        })
    }

    #[inline(always)]
    fn two_product(self, a: F64x4, b: F64x4) -> (F64x4, F64x4) {
        let pairs: [_; 4] = std::array::from_fn(|i| two_product(a[i], b[i]));
        (pairs.map(|pair| pair.0), pairs.map(|pair| pair.1))
    }

    #[inline(always)]
    fn residue(self, a: F64x4, b: F64x4, h: F64x4) -> F64x4 {
        let (h2, l2) = self.two_product(a, b);
        // The difference is a double, and h − h2 is exact by Sterbenz' lemma or because both are small.
        self.sub(self.sub(h, h2), l2)
    }

    #[inline(always)]
    fn accumulate(self, a: F64x4, b: F64x4, acc: F64x4) -> (F64x4, F64x4) {
        let (h, l) = self.two_product(a, b);
        let sum = self.add(acc, h);
        (sum, self.add(self.sub(h, self.sub(sum, acc)), l))
    }

    #[inline(always)]
    fn add_bits(self, a: F64x4, b: F64x4) -> F64x4 {
        zip(a, b, |a, b| f64::from_bits(a.to_bits().wrapping_add(b.to_bits())))
    }

    #[inline(always)]
    fn split_bits(self, a: F64x4) -> (F64x4, F64x4) {
        let low = a.map(|x| f64::from_bits(x.to_bits() & ((1 << 48) - 1)));
        (low, a.map(|x| f64::from_bits(x.to_bits() >> 48)))
    }

    #[inline(always)]
    fn window(self, at: usize, step: usize, bits: u32) -> Window {
        Window { at, step, bits }
    }

    #[inline(always)]
    fn digits(self, from: &[u64], byte: usize, window: &Window) -> F64x4 {
        std::array::from_fn(|lane| window.digit(from, byte, lane))
    }

    #[inline(always)]
    fn after(self, a: F64x4, before: F64x4, by: usize) -> F64x4 {
        std::array::from_fn(|i| if i < by { before[4 - by + i] } else { a[i - by] })
    }

    #[inline(always)]
    fn reverse(self, [a, b, c, d]: F64x4) -> F64x4 {
        [d, c, b, a]
    }

    #[inline(always)]
    fn deinterleave(self, [a, b, c, d]: F64x4, [e, f, g, h]: F64x4) -> (F64x4, F64x4) {
        ([a, c, e, g], [b, d, f, h])
    }

    #[inline(always)]
    fn transpose(self, rows: &mut [F64x4]) {
        let copy: [F64x4; 4] = std::array::from_fn(|i| rows[i]);
        for (i, row) in rows.iter_mut().enumerate() {
            *row = copy.map(|row| row[i]);
        }
    }
}
