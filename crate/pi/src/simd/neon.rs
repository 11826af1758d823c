//! Four doubles in two NEON registers.

use std::arch::aarch64::*;

use super::{EXPONENT, Vector, Window};

#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct F64x4(float64x2_t, float64x2_t);

/// Wraps intrinsics that touch no memory.
macro_rules! intrinsic {
    ($e:expr) => {
        // SAFETY: 64-bit Arm always has NEON; the instruction touches no memory.
        unsafe { $e }
    };
}

// SAFETY: two pairs of doubles without padding, aligned to 16 bytes.
unsafe impl Vector for F64x4 {
    type Window = Window;

    const LANES: usize = 4;

    #[inline(always)]
    fn splat(x: f64) -> Self {
        let pair = intrinsic!(vdupq_n_f64(x));
        Self(pair, pair)
    }

    #[inline(always)]
    fn load(from: &[f64]) -> Self {
        let four: &[f64; 4] = from.first_chunk().expect("enough numbers");
        // SAFETY: the reference is good for four doubles.
        unsafe { Self(vld1q_f64(four.as_ptr()), vld1q_f64(four.as_ptr().add(2))) }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        intrinsic!(Self(vaddq_f64(self.0, other.0), vaddq_f64(self.1, other.1)))
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        intrinsic!(Self(vsubq_f64(self.0, other.0), vsubq_f64(self.1, other.1)))
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        intrinsic!(Self(vmulq_f64(self.0, other.0), vmulq_f64(self.1, other.1)))
    }

    #[inline(always)]
    fn round(self) -> Self {
        intrinsic!(Self(vrndnq_f64(self.0), vrndnq_f64(self.1)))
    }

    #[inline(always)]
    fn two_product(self, other: Self) -> (Self, Self) {
        let h = self.mul(other);
        // fused −(h − a·b)
        let l = intrinsic!(Self(
            vnegq_f64(vfmsq_f64(h.0, self.0, other.0)),
            vnegq_f64(vfmsq_f64(h.1, self.1, other.1))
        ));
        (h, l)
    }

    #[inline(always)]
    fn residue(self, other: Self, h: Self) -> Self {
        intrinsic!(Self(vfmsq_f64(h.0, self.0, other.0), vfmsq_f64(h.1, self.1, other.1)))
    }

    #[inline(always)]
    fn accumulate(self, other: Self, acc: Self) -> (Self, Self) {
        let fused = |acc: Self| {
            intrinsic!(Self(vfmaq_f64(acc.0, self.0, other.0), vfmaq_f64(acc.1, self.1, other.1)))
        };
        let sum = fused(acc);
        (sum, fused(acc.sub(sum)))
    }

    #[inline(always)]
    fn add_bits(self, other: Self) -> Self {
        let add = |a, b| {
            intrinsic!(vreinterpretq_f64_s64(vaddq_s64(vreinterpretq_s64_f64(a), vreinterpretq_s64_f64(b))))
        };
        Self(add(self.0, other.0), add(self.1, other.1))
    }

    #[inline(always)]
    fn split_bits(self) -> (Self, Self) {
        let low = |x| {
            let mask = intrinsic!(vdupq_n_u64((1 << 48) - 1));
            intrinsic!(vreinterpretq_f64_u64(vandq_u64(vreinterpretq_u64_f64(x), mask)))
        };
        let above = |x| intrinsic!(vreinterpretq_f64_u64(vshrq_n_u64::<48>(vreinterpretq_u64_f64(x))));
        (Self(low(self.0), low(self.1)), Self(above(self.0), above(self.1)))
    }

    #[inline(always)]
    fn window(at: usize, step: usize, bits: u32) -> Window {
        Window { at, step, bits }
    }

    #[inline(always)]
    fn digits(from: &[u64], byte: usize, window: &Window) -> Self {
        let Window { at, step, bits } = *window;
        let at = 8 * byte + at;
        let mut digits = [0.0; 4];
        for (lane, digit) in digits.iter_mut().enumerate() {
            let (limb, shift) = ((at + lane * step) / 64, (at + lane * step) % 64);
            let bits = (from[limb] >> shift | from[limb + 1] << 1 << (63 - shift)) & ((1 << bits) - 1);
            *digit = f64::from_bits(bits | EXPONENT);
        }
        Self::load(&digits)
    }

    #[inline(always)]
    fn after(self, before: Self, by: usize) -> Self {
        match by {
            1 => intrinsic!(Self(vextq_f64::<1>(before.1, self.0), vextq_f64::<1>(self.0, self.1))),
            _ => Self(before.1, self.0),
        }
    }

    #[inline(always)]
    fn reverse(self) -> Self {
        let swap = |pair| intrinsic!(vextq_f64::<1>(pair, pair));
        Self(swap(self.1), swap(self.0))
    }

    #[inline(always)]
    fn deinterleave(self, other: Self) -> (Self, Self) {
        intrinsic!((
            Self(vuzp1q_f64(self.0, self.1), vuzp1q_f64(other.0, other.1)),
            Self(vuzp2q_f64(self.0, self.1), vuzp2q_f64(other.0, other.1))
        ))
    }

    #[inline(always)]
    fn transpose(rows: &mut [Self]) {
        let rows: &mut [Self; 4] = rows.try_into().expect("a square");
        let [a, b, c, d] = *rows;
        *rows = intrinsic!([
            Self(vzip1q_f64(a.0, b.0), vzip1q_f64(c.0, d.0)),
            Self(vzip2q_f64(a.0, b.0), vzip2q_f64(c.0, d.0)),
            Self(vzip1q_f64(a.1, b.1), vzip1q_f64(c.1, d.1)),
            Self(vzip2q_f64(a.1, b.1), vzip2q_f64(c.1, d.1)),
        ]);
    }
}
