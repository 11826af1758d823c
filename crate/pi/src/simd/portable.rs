//! Four doubles in an array: any machine, no FMA. Products are split by Veltkamp's and Dekker's method
//! (T. J. Dekker, "A floating-point technique for extending the available precision", 1971).

use super::{EXPONENT, Vector, Window};

#[derive(Clone, Copy)]
#[repr(C, align(32))]
pub(crate) struct Array([f64; 4]);

impl Array {
    pub(crate) fn to_array(self) -> [f64; 4] {
        self.0
    }

    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self(std::array::from_fn(|i| f(self.0[i], other.0[i])))
    }
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

// SAFETY: four doubles, aligned to 32 bytes.
unsafe impl Vector for Array {
    type Window = Window;

    const LANES: usize = 4;
    const COMPACT: bool = true;

    #[inline(always)]
    fn splat(x: f64) -> Self {
        Self([x; 4])
    }

    #[inline(always)]
    fn load(from: &[f64]) -> Self {
        Self(*from.first_chunk().expect("enough numbers"))
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }

    #[inline(always)]
    fn round(self) -> Self {
        // Doubles from 2^52 on are integers.
        Self(self.0.map(|x| {
            let magic = f64::copysign((1u64 << 52) as f64, x);
            (x + magic) - magic
        }))
    }

    #[inline(always)]
    fn two_product(self, other: Self) -> (Self, Self) {
        let pairs: [_; 4] = std::array::from_fn(|i| two_product(self.0[i], other.0[i]));
        (Self(pairs.map(|pair| pair.0)), Self(pairs.map(|pair| pair.1)))
    }

    #[inline(always)]
    fn residue(self, other: Self, h: Self) -> Self {
        let (h2, l2) = self.two_product(other);
        // The difference is a double, and h − h2 is exact by Sterbenz' lemma or because both are small.
        h.sub(h2).sub(l2)
    }

    #[inline(always)]
    fn accumulate(self, other: Self, acc: Self) -> (Self, Self) {
        let (h, l) = self.two_product(other);
        let sum = acc.add(h);
        (sum, h.sub(sum.sub(acc)).add(l))
    }

    #[inline(always)]
    fn add_bits(self, other: Self) -> Self {
        self.zip(other, |a, b| f64::from_bits(a.to_bits().wrapping_add(b.to_bits())))
    }

    #[inline(always)]
    fn split_bits(self) -> (Self, Self) {
        let low = self.0.map(|x| f64::from_bits(x.to_bits() & ((1 << 48) - 1)));
        (Self(low), Self(self.0.map(|x| f64::from_bits(x.to_bits() >> 48))))
    }

    #[inline(always)]
    fn window(at: usize, step: usize, bits: u32) -> Window {
        Window { at, step, bits }
    }

    #[inline(always)]
    fn digits(from: &[u64], byte: usize, window: &Window) -> Self {
        let Window { at, step, bits } = *window;
        let at = 8 * byte + at;
        Self(std::array::from_fn(|lane| {
            let (limb, shift) = ((at + lane * step) / 64, (at + lane * step) % 64);
            let digit = (from[limb] >> shift | from[limb + 1] << 1 << (63 - shift)) & ((1 << bits) - 1);
            f64::from_bits(digit | EXPONENT)
        }))
    }

    #[inline(always)]
    fn after(self, before: Self, by: usize) -> Self {
        Self(std::array::from_fn(|i| if i < by { before.0[4 - by + i] } else { self.0[i - by] }))
    }

    #[inline(always)]
    fn reverse(self) -> Self {
        let [a, b, c, d] = self.0;
        Self([d, c, b, a])
    }

    #[inline(always)]
    fn deinterleave(self, other: Self) -> (Self, Self) {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        (Self([a, c, e, g]), Self([b, d, f, h]))
    }

    #[inline(always)]
    fn transpose(rows: &mut [Self]) {
        let copy: [Self; 4] = std::array::from_fn(|i| rows[i]);
        for (i, row) in rows.iter_mut().enumerate() {
            *row = Self(copy.map(|row| row.0[i]));
        }
    }
}
