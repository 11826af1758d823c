//! From the columns of points to limbs: one pass of carries.

use super::layout::{Layout, MAX_COLUMNS};
use super::line::Line;

/// Lines that are carried together.
pub(crate) const CHUNK: usize = 8;

/// The columns of a chunk of points, and the state between chunks.
pub(crate) struct Carry {
    layout: &'static Layout,
    /// The first line ends with the points before the chunk, whose columns reach over into it.
    columns: [[Line; 1 + CHUNK]; MAX_COLUMNS],
    carry: i64,
    /// Bits not yet written.
    bits: u64,
    bit_count: u32,
}

impl Carry {
    pub(crate) fn new(layout: &'static Layout) -> Self {
        let zero = |d| Line([f64::from_bits(layout.bias(d)); Line::POINTS]);
        let columns = std::array::from_fn(|d| [zero(d); 1 + CHUNK]);
        Self { layout, columns, carry: 0, bits: 0, bit_count: 0 }
    }

    /// Where the columns of the next chunk of `lines` lines go, before [`Carry::write`].
    pub(crate) fn columns(&mut self, lines: usize) -> [&mut [Line]; MAX_COLUMNS] {
        self.columns.each_mut().map(|column| &mut column[1..1 + lines])
    }

    /// Writes the limbs that the chunk completes, as far as `out` reaches, and returns their number.
    pub(crate) fn write(&mut self, lines: usize, out: &mut [u64]) -> usize {
        let written = match self.layout.digits {
            2 => self.digits::<2, 5>(lines, out),
            _ => self.digits::<3, 7>(lines, out),
        };
        for column in &mut self.columns {
            column[0] = column[lines];
        }
        written
    }

    /// Writes what is left above the points of all chunks.
    pub(crate) fn finish(&mut self, out: &mut [u64]) {
        for d in 0..MAX_COLUMNS {
            self.columns[d][1] = Line([f64::from_bits(self.layout.bias(d)); Line::POINTS]);
        }
        let written = self.write(1, out);
        if let Some(limb) = out.get_mut(written) {
            *limb = self.bits;
        }
        debug_assert_eq!(self.carry, 0);
    }

    #[inline(always)]
    #[expect(clippy::needless_range_loop, reason = "the index is a step over columns, too")]
    fn digits<const DIGITS: usize, const COLUMNS: usize>(&mut self, lines: usize, out: &mut [u64]) -> usize {
        let digit_bits = self.layout.digit_bits;
        let mask = (1u64 << digit_bits) - 1;
        let bias: [u64; DIGITS] = std::array::from_fn(|r| {
            (r..COLUMNS).step_by(DIGITS).fold(0u64, |sum, d| sum.wrapping_add(self.layout.bias(d)))
        });
        let (mut carry, mut bits, mut bit_count) = (self.carry, self.bits, self.bit_count);
        let mut written = 0;
        for line in 1..=lines {
            for i in 0..Line::POINTS {
                for r in 0..DIGITS {
                    let mut sum = (carry as u64).wrapping_sub(bias[r]);
                    for (back, d) in (r..COLUMNS).step_by(DIGITS).enumerate() {
                        let at = line * Line::POINTS + i - back;
                        let column = self.columns[d][at / Line::POINTS].0[at % Line::POINTS];
                        sum = sum.wrapping_add(column.to_bits());
                    }
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
