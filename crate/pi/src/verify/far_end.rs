//! The far end of the binary fraction against Bellard's formula.

use std::array;

use super::Verification;
use crate::hex;
use crate::radix::MARGIN;
use crate::run::{Check, Context, Error};

/// The limbs that are compared, of ten hexadecimal digits each. No fraction is shorter.
const LIMBS: usize = 3;

/// The hexadecimal digits in them.
const SUMMED: usize = LIMBS * hex::LIMB_DIGITS;

/// The hexadecimal digits at the end that the error of the fraction reaches.
const BLURRED: usize = 9;

/// How far ten times the fraction may be from pi, in units of its last limb: each unit of the fraction is ten of pi.
const TOLERANCE: u64 = 10 * (MARGIN / 2);

const _: () = assert!(TOLERANCE < 1 << (4 * BLURRED) && SUMMED <= 32);

/// The digits that are compared of a fraction of so many limbs.
pub(super) fn place(limbs: usize) -> Verification {
    Verification { hex_position: (16 * limbs - SUMMED + 1) as u64, hex_digits: (SUMMED - BLURRED) as u32 }
}

/// Compares the end of a fraction, π/10, with that of pi by Bellard's formula.
pub(super) fn check(fraction: &[u64], cx: &Context) -> Result<(), Error> {
    let Verification { hex_position, .. } = place(fraction.len());
    let claimed = tenfold_end(fraction);
    if hex::is_near(hex_position, &claimed, TOLERANCE as i64, &cx.job)? {
        Ok(())
    } else {
        Err(Error::Verification { check: Check::HexDigits })
    }
}

/// The cost of [`check`], in the unit of [`crate::arith::ntt::Plan::cost`].
pub(super) fn cost(limbs: usize) -> u64 {
    hex::is_near_cost(place(limbs).hex_position, LIMBS)
}

/// Ten times the fraction modulo a power of two, the most significant limb first.
fn tenfold_end(fraction: &[u64]) -> [i64; LIMBS] {
    const BITS: usize = 4 * hex::LIMB_DIGITS;
    let end = u128::from(fraction[0]) | u128::from(fraction[1]) << 64;
    let tenfold = end.wrapping_mul(10);
    array::from_fn(|i| (tenfold >> (BITS * (LIMBS - 1 - i))) as i64 & ((1 << BITS) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_those_of_the_tenfold_number() {
        for fraction in [[0x1234_5678_9abc_def0, 0xfedc_ba98_7654_3210], [u64::MAX, u64::MAX], [0, 1], [1, 0]]
        {
            let tenfold = format!("{:0>40X}", crate::oracle::big(&fraction) * 10u32);
            let end: String = tenfold_end(&fraction).iter().map(|limb| format!("{limb:010X}")).collect();
            assert_eq!(end, tenfold[tenfold.len() - SUMMED..]);
        }
    }

    #[test]
    fn places_end_with_the_fraction() {
        for limbs in 2..100 {
            let Verification { hex_position, hex_digits } = place(limbs);
            assert_eq!(hex_position as usize + hex_digits as usize - 1 + BLURRED, 16 * limbs);
        }
    }
}
