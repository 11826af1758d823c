//! From the sums of coefficients' columns to limbs: one pass of carries.

use super::layout::{Layout, MAX_COEFFICIENT_DIGITS, MAX_COLUMNS};
use crate::simd::Line;

/// Lines that are carried together.
pub(crate) const CHUNK: usize = 8;

/// The sums of a chunk of coefficients, and the state between chunks.
pub(crate) struct Carry {
    layout: &'static Layout,
    sums: [[Line; CHUNK]; MAX_COEFFICIENT_DIGITS],
    /// The columns of the line before the chunk, which reach over into it.
    before: [Line; MAX_COLUMNS],
    carry: i64,
    /// Bits not yet written.
    bits: u64,
    bit_count: u32,
}

impl Carry {
    pub(crate) fn new(layout: &'static Layout) -> Self {
        let before = std::array::from_fn(|d| Line([f64::from_bits(layout.bias(d)); Line::POINTS]));
        Self { layout, sums: Default::default(), before, carry: 0, bits: 0, bit_count: 0 }
    }

    /// Where the sums of the next chunk of `lines` lines go, before [`Carry::write`], and the columns of the line before.
    pub(crate) fn sums(
        &mut self,
        lines: usize,
    ) -> ([&mut [Line]; MAX_COEFFICIENT_DIGITS], &mut [Line; MAX_COLUMNS]) {
        (self.sums.each_mut().map(|sums| &mut sums[..lines]), &mut self.before)
    }

    /// Writes the limbs that the chunk completes, as far as `out` reaches, and returns their number.
    pub(crate) fn write(&mut self, lines: usize, out: &mut [u64]) -> usize {
        match self.layout.digits {
            2 => self.digits::<2>(lines, out),
            _ => self.digits::<3>(lines, out),
        }
    }

    /// Writes what is left above the coefficients of all chunks.
    pub(crate) fn finish(&mut self, out: &mut [u64]) {
        let Layout { digits, columns, .. } = *self.layout;
        for (i, r) in (0..Line::POINTS).flat_map(|i| (0..digits).map(move |r| (i, r))) {
            // A line of no coefficients, whose own columns are no more than their biases.
            let sum = (r..columns).step_by(digits).enumerate().fold(0u64, |sum, (back, d)| {
                let column = match i.checked_sub(back) {
                    Some(_) => self.layout.bias(d),
                    None => self.before[d].0[Line::POINTS + i - back].to_bits(),
                };
                sum.wrapping_add(column)
            });
            self.sums[r][0].0[i] = f64::from_bits(sum);
        }
        let written = self.write(1, out);
        if let Some(limb) = out.get_mut(written) {
            *limb = self.bits;
        }
        debug_assert_eq!(self.carry, 0);
    }

    #[inline(always)]
    fn digits<const DIGITS: usize>(&mut self, lines: usize, out: &mut [u64]) -> usize {
        let digit_bits = self.layout.digit_bits;
        let mask = (1u64 << digit_bits) - 1;
        let bias: [u64; DIGITS] = std::array::from_fn(|r| {
            let columns = (r..self.layout.columns).step_by(DIGITS);
            columns.fold(0u64, |sum, d| sum.wrapping_add(self.layout.bias(d)))
        });
        let sums: [&[Line]; DIGITS] = std::array::from_fn(|r| &self.sums[r][..lines]);
        let (mut carry, mut bits, mut bit_count) = (self.carry, self.bits, self.bit_count);
        let mut written = 0;
        for line in 0..lines {
            for i in 0..Line::POINTS {
                for (sums, bias) in sums.iter().zip(bias) {
                    let sum = sums[line].0[i].to_bits().wrapping_sub(bias).wrapping_add(carry as u64);
                    let digit = sum & mask;
                    carry = sum as i64 >> digit_bits;
                    bits |= digit << bit_count;
                    bit_count += digit_bits;
                    if bit_count >= 64 {
                        if let Some(limb) = out.get_mut(written) {
                            *limb = bits;
                        }
                        written += 1;
                        bit_count -= 64;
                        bits = digit >> (digit_bits - bit_count);
                    }
                }
            }
        }
        (self.carry, self.bits, self.bit_count) = (carry, bits, bit_count);
        written
    }
}
