//! From limbs to the digits of points.

use super::layout::Layout;
use super::line::Line;

/// Points that are converted together.
pub(crate) const CHUNK: usize = 64;
const CHUNK_LINES: usize = CHUNK / Line::POINTS;
/// Limbs of a chunk of the widest points, rounded up to a power of two, so that indices need no checks.
const LIMBS: usize = 256;

/// The digits of a chunk of points, by position.
pub(crate) struct Digits {
    limbs: [u64; LIMBS],
    lines: [[Line; CHUNK_LINES]; 3],
}

impl Digits {
    pub(crate) fn new() -> Self {
        Self { limbs: [0; LIMBS], lines: [[Line::default(); CHUNK_LINES]; 3] }
    }

    /// The digits of `lines` lines of points, the low limb of the first point first, as 2^52 plus the digit.
    pub(crate) fn extract(&mut self, limbs: &[u64], layout: &Layout, lines: usize) -> [&[Line]; 3] {
        let points = lines * Line::POINTS;
        let needed = (points * layout.bits()).div_ceil(64) + 1;
        let here = limbs.len().min(needed);
        self.limbs[..here].copy_from_slice(&limbs[..here]);
        self.limbs[here..needed].fill(0);
        match layout.digits {
            2 => self.split::<2>(layout.digit_bits as usize, lines),
            _ => self.split::<3>(layout.digit_bits as usize, lines),
        }
        self.lines.each_ref().map(|digits| &digits[..lines])
    }

    #[inline(always)]
    fn split<const DIGITS: usize>(&mut self, bits: usize, lines: usize) {
        const EXPONENT: u64 = ((1u64 << 52) as f64).to_bits();
        let mask = (1 << bits) - 1;
        let mut at = 0;
        for line in 0..lines {
            for i in 0..Line::POINTS {
                for r in 0..DIGITS {
                    let (low, high) = (self.limbs[at / 64 % LIMBS], self.limbs[(at / 64 + 1) % LIMBS]);
                    let digit = (low >> (at % 64) | high << 1 << (63 - at % 64)) & mask;
                    self.lines[r][line].0[i] = f64::from_bits(digit | EXPONENT);
                    at += bits;
                }
            }
        }
    }
}
