//! Products of short numbers by columns, in digits of 48 bits that are doubles.
//!
//! Column c of a product is the sum of a\[c − j\]·b\[j\], and neighbouring columns are the lanes of a vector: a row j
//! takes one load of a and one digit of b in all lanes. A product of two digits, below 2^96, is added to 1.5·2^100,
//! which rounds it to a multiple of 2^48, and what was lost is added to 1.5·2^52; after [`ROWS`] rows both sums, whose
//! bit patterns count as integers do, go to integers. One pass of carries makes limbs of a group of columns, for
//! four digits are three limbs.

use std::mem::MaybeUninit;

use crate::simd::{EXPONENT, Line, Vectors, vectors_mut};

/// Bits of a digit.
pub(super) const BITS: u32 = 48;
/// Vectors of columns that are summed together.
const GROUP: usize = 4;
/// Rows whose products the sums of doubles hold.
pub(super) const ROWS: usize = 8;
/// 1.5·2^(52 + [`BITS`])
pub(super) const HIGH: f64 = 1.5 * (1u128 << (52 + BITS)) as f64;
/// 1.5·2^52
pub(super) const LOW: f64 = 1.5 * (1u64 << 52) as f64;
/// Added to every column to make its sum positive; a multiple of 2^[`BITS`].
pub(super) const OFFSET: u64 = 1 << 60;

/// The longest operand, in limbs.
pub(super) const MAX_LIMBS: usize = 420;
/// Its digits.
pub(super) const FACTOR_DIGITS: usize = MAX_LIMBS * 4 / 3;
/// Columns of the widest group.
const MAX_COLUMNS: usize = 8 * GROUP;

/// The rows that meet a column at most, those of both products together.
const MAX_ROWS: u64 = 2 * FACTOR_DIGITS as u64;

// The sum of a few products and their roundings stays between 2^100 and 2^101, where doubles are the multiples of 2^48.
const _: () = {
    let digit = (1u128 << BITS) - 1;
    assert!(ROWS as u128 * (digit * digit + (1 << (BITS - 1))) < 1 << (51 + BITS));
};
// The lost parts, up to 2^47 of each product, stay between 2^52 and 2^53, where doubles are the integers.
const _: () = assert!(ROWS as u64 * (1 << (BITS - 1)) < 1 << 51);
// A column's lost parts and its neighbour's upper ones, with the offset, are positive, and have less than 16 bits above
// a digit.
const _: () = {
    assert!(OFFSET.is_multiple_of(1 << BITS));
    assert!(MAX_ROWS * (1 << (BITS - 1)) < OFFSET - (OFFSET >> BITS));
    assert!(MAX_ROWS * ((1 << (BITS - 1)) + (1 << BITS)) < (1 << 63) - OFFSET);
};

/// Digits of a number, between zeros.
type Room = [MaybeUninit<f64>; FACTOR_DIGITS + 2 * MAX_COLUMNS];

/// See [`super::products`].
#[inline(always)]
pub(super) fn products<S: Vectors>(out: &mut [u64], products: &[[&[u64]; 2]], simd: S) {
    let mut room = [const { [const { MaybeUninit::uninit() }; FACTOR_DIGITS + 2 * MAX_COLUMNS] }; 4];
    let [a, b, c, d]: &mut [Room; 4] = &mut room;
    match products {
        [product] => columns(out, [digits::<S>([a, b], product)], simd),
        [first, second] => {
            columns(out, [digits::<S>([a, b], first), digits::<S>([c, d], second)], simd);
        }
        _ => unreachable!("one product or two"),
    }
}

/// The digits of the factors, the first one's between zeros for a group of columns.
#[inline(always)]
fn digits<'a, S: Vectors>([a, b]: [&'a mut Room; 2], numbers: &[&[u64]; 2]) -> [&'a [f64]; 2] {
    [split(a, numbers[0], GROUP * S::LANES), split(b, numbers[1], 0)]
}

/// The digits of a number between so many zeros.
#[inline(always)]
fn split<'a>(room: &'a mut Room, limbs: &[u64], zeros: usize) -> &'a [f64] {
    let digit = |bits: u64| {
        let double = f64::from_bits(bits & ((1 << BITS) - 1) | EXPONENT);
        MaybeUninit::new(double - f64::from_bits(EXPONENT))
    };
    let four = |a: u64, b: u64, c: u64| {
        [digit(a), digit(a >> 48 | b << 16), digit(b >> 32 | c << 32), digit(c >> 16)]
    };
    let (threes, rest) = limbs.as_chunks::<3>();
    let count = 4 * threes.len() + (64 * rest.len()).div_ceil(BITS as usize);
    // Up to three digits more are written, and then zeros over them.
    let fours = room[zeros..].as_chunks_mut::<4>().0;
    let (whole, last) = fours.split_at_mut(threes.len());
    for (out, &[a, b, c]) in whole.iter_mut().zip(threes) {
        *out = four(a, b, c);
    }
    match *rest {
        [a] => last[0] = four(a, 0, 0),
        [a, b] => last[0] = four(a, b, 0),
        _ => {}
    }
    room[..zeros].fill(MaybeUninit::new(0.0));
    room[zeros + count..][..zeros].fill(MaybeUninit::new(0.0));
    // SAFETY: the digits and the zeros on both sides were just written.
    unsafe { room[..count + 2 * zeros].assume_init_ref() }
}

#[inline(always)]
fn columns<S: Vectors, const N: usize>(out: &mut [u64], factors: [[&[f64]; 2]; N], simd: S) {
    let width = GROUP * S::LANES;
    let mut carry = Carry::new(simd);
    for (group, out) in out.chunks_mut(width / 4 * 3).enumerate() {
        let first = group * width;
        let (mut high, mut low) = ([simd.splat(0.0); GROUP], [simd.splat(0.0); GROUP]);
        let mut count = 0;
        for [a, b] in factors {
            // Rows that meet one of the columns with a digit that is there.
            let to = b.len().min(first + width);
            let from = (first + 1 + 2 * width).saturating_sub(a.len());
            if from >= to {
                continue;
            }
            let (a, rows) = (&a[width + first + 1 - to..], &b[from..to]);
            let mut a = a;
            for rows in rows.rchunks(ROWS) {
                let (mut h, mut l) = ([simd.splat(HIGH); GROUP], [simd.splat(LOW); GROUP]);
                for (a, &b) in a.windows(width).zip(rows.iter().rev()) {
                    let b = simd.splat(b);
                    for g in 0..GROUP {
                        let (sum, rest) = simd.accumulate(b, simd.load(&a[g * S::LANES..]), h[g]);
                        (h[g], l[g]) = (sum, simd.add(l[g], rest));
                    }
                }
                a = &a[rows.len()..];
                for g in 0..GROUP {
                    (high[g], low[g]) = (simd.add_bits(high[g], h[g]), simd.add_bits(low[g], l[g]));
                }
                count += 1;
            }
        }
        carry.write(out, &high, &low, count);
    }
}

/// The state between two groups of columns.
struct Carry<S: Vectors> {
    simd: S,
    /// The upper parts of the last products.
    high: S::Vector,
    /// The part of their sums above a digit.
    above: S::Vector,
    limb: u64,
}

impl<S: Vectors> Carry<S> {
    #[inline(always)]
    fn new(simd: S) -> Self {
        // Every column has `OFFSET` more and what that is in digits of the next column less, which is for the first
        // one to undo.
        Self { simd, high: simd.splat(0.0), above: simd.splat(f64::from_bits(OFFSET >> BITS)), limb: 0 }
    }

    /// The limbs of a group of columns, whose sums were taken to integers `count` times.
    #[inline(always)]
    fn write(&mut self, out: &mut [u64], high: &[S::Vector; GROUP], low: &[S::Vector; GROUP], count: u64) {
        let simd = self.simd;
        let bias = |magic: f64| count.wrapping_mul(magic.to_bits()).wrapping_neg();
        let offset = OFFSET - (OFFSET >> BITS);
        let high_bias = simd.splat(f64::from_bits(bias(HIGH)));
        let low_bias = simd.splat(f64::from_bits(bias(LOW).wrapping_add(offset)));
        let mut lines = [Line::default(); MAX_COLUMNS / Line::POINTS];
        let digits = vectors_mut::<S>(&mut lines);
        for g in 0..GROUP {
            let high = simd.add_bits(high[g], high_bias);
            let sum = simd.add_bits(simd.add_bits(low[g], low_bias), simd.after(high, self.high, 1));
            let (digit, above) = simd.split_bits(sum);
            digits[g] = simd.add_bits(digit, simd.after(above, self.above, 1));
            (self.high, self.above) = (high, above);
        }
        let (whole, rest) = out.as_chunks_mut::<6>();
        for (out, line) in whole.iter_mut().zip(&lines) {
            *out = self.limbs(line);
        }
        if !rest.is_empty() {
            rest.copy_from_slice(&self.limbs(&lines[whole.len()])[..rest.len()]);
        }
    }

    /// The limbs of eight digits, which may be a little longer than they should be.
    #[inline(always)]
    fn limbs(&mut self, digits: &Line) -> [u64; 6] {
        let [a, b, c, d, e, f, g, h] = digits.0.map(|digit| u128::from(digit.to_bits()));
        let mut limbs = [0; 6];
        let mut rest = u128::from(self.limb) + a;
        for (limb, part) in limbs.iter_mut().zip([b << 48, c << 32, d << 16, (f << 48) + e, g << 32, h << 16])
        {
            // The sum is below 2^98.
            rest += part;
            *limb = rest as u64;
            rest >>= 64;
        }
        self.limb = rest as u64;
        limbs
    }
}
