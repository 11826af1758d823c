//! Four doubles in two NEON registers.

use std::arch::aarch64::*;

use super::{Vectors, Window};

/// NEON.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Neon(());

impl Neon {
    /// 64-bit Arm always has it; Miri lacks it.
    #[inline]
    pub(crate) fn detect() -> Option<Self> {
        (!cfg!(miri)).then_some(Self(()))
    }
}

type F64x4 = [float64x2_t; 2];

/// Calls intrinsics in a method of the token.
macro_rules! intrinsic {
    ($e:expr) => {
        // SAFETY: 64-bit Arm always has NEON; the instruction touches no memory.
        unsafe { $e }
    };
}

impl Vectors for Neon {
    type Vector = F64x4;
    type Window = Window;

    const LANES: usize = 4;

    #[inline(always)]
    fn splat(self, x: f64) -> F64x4 {
        [intrinsic!(vdupq_n_f64(x)); 2]
    }

    #[inline(always)]
    fn add(self, a: F64x4, b: F64x4) -> F64x4 {
        intrinsic!([vaddq_f64(a[0], b[0]), vaddq_f64(a[1], b[1])])
    }

    #[inline(always)]
    fn sub(self, a: F64x4, b: F64x4) -> F64x4 {
        intrinsic!([vsubq_f64(a[0], b[0]), vsubq_f64(a[1], b[1])])
    }

    #[inline(always)]
    fn mul(self, a: F64x4, b: F64x4) -> F64x4 {
        intrinsic!([vmulq_f64(a[0], b[0]), vmulq_f64(a[1], b[1])])
    }

    #[inline(always)]
    fn round(self, a: F64x4) -> F64x4 {
        intrinsic!([vrndnq_f64(a[0]), vrndnq_f64(a[1])])
    }

    #[inline(always)]
    fn two_product(self, a: F64x4, b: F64x4) -> (F64x4, F64x4) {
        let h = self.mul(a, b);
        // fused −(h − a·b)
        let [low, high] = self.residue(a, b, h);
        (h, intrinsic!([vnegq_f64(low), vnegq_f64(high)]))
    }

    #[inline(always)]
    fn residue(self, a: F64x4, b: F64x4, h: F64x4) -> F64x4 {
        intrinsic!([vfmsq_f64(h[0], a[0], b[0]), vfmsq_f64(h[1], a[1], b[1])])
    }

    #[inline(always)]
    fn accumulate(self, a: F64x4, b: F64x4, acc: F64x4) -> (F64x4, F64x4) {
        let fused = |acc: F64x4| intrinsic!([vfmaq_f64(acc[0], a[0], b[0]), vfmaq_f64(acc[1], a[1], b[1])]);
        let sum = fused(acc);
        (sum, fused(self.sub(acc, sum)))
    }

    #[inline(always)]
    fn add_bits(self, a: F64x4, b: F64x4) -> F64x4 {
        let add = |a, b| {
            intrinsic!(vreinterpretq_f64_s64(vaddq_s64(vreinterpretq_s64_f64(a), vreinterpretq_s64_f64(b))))
        };
        [add(a[0], b[0]), add(a[1], b[1])]
    }

    #[inline(always)]
    fn split_bits(self, a: F64x4) -> (F64x4, F64x4) {
        let mask = intrinsic!(vdupq_n_u64((1 << 48) - 1));
        let low = |x| intrinsic!(vreinterpretq_f64_u64(vandq_u64(vreinterpretq_u64_f64(x), mask)));
        let above = |x| intrinsic!(vreinterpretq_f64_u64(vshrq_n_u64::<48>(vreinterpretq_u64_f64(x))));
        (a.map(low), a.map(above))
    }

    #[inline(always)]
    fn window(self, at: usize, step: usize, bits: u32) -> Window {
        Window { at, step, bits }
    }

    #[inline(always)]
    fn digits(self, from: &[u64], byte: usize, window: &Window) -> F64x4 {
        let mut digits = [0.0; 4];
        for (lane, digit) in digits.iter_mut().enumerate() {
            *digit = window.digit(from, byte, lane);
        }
        self.load(&digits)
    }

    #[inline(always)]
    fn after(self, a: F64x4, before: F64x4, by: usize) -> F64x4 {
        match by {
            1 => intrinsic!([vextq_f64::<1>(before[1], a[0]), vextq_f64::<1>(a[0], a[1])]),
            _ => [before[1], a[0]],
        }
    }

    #[inline(always)]
    fn reverse(self, a: F64x4) -> F64x4 {
        let swap = |pair| intrinsic!(vextq_f64::<1>(pair, pair));
        [swap(a[1]), swap(a[0])]
    }

    #[inline(always)]
    fn deinterleave(self, a: F64x4, b: F64x4) -> (F64x4, F64x4) {
        intrinsic!((
            [vuzp1q_f64(a[0], a[1]), vuzp1q_f64(b[0], b[1])],
            [vuzp2q_f64(a[0], a[1]), vuzp2q_f64(b[0], b[1])],
        ))
    }

    #[inline(always)]
    fn transpose(self, rows: &mut [F64x4]) {
        let rows: &mut [F64x4; 4] = rows.try_into().expect("a square");
        let [a, b, c, d] = *rows;
        *rows = intrinsic!([
            [vzip1q_f64(a[0], b[0]), vzip1q_f64(c[0], d[0])],
            [vzip2q_f64(a[0], b[0]), vzip2q_f64(c[0], d[0])],
            [vzip1q_f64(a[1], b[1]), vzip1q_f64(c[1], d[1])],
            [vzip2q_f64(a[1], b[1]), vzip2q_f64(c[1], d[1])],
        ]);
    }
}
