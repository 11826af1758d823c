//! A number in the transform domain.

use super::Plan;
use super::carry::Carry;
use super::digits::{CHUNK, Digits};
use super::line::Line;
use super::transform;
use crate::buffers::Buffer;
use crate::context::Context;
use crate::limbs::{add_assign, add_word};

/// The transforms of one number modulo every prime of its plan.
#[derive(Debug)]
pub(crate) struct Spectrum {
    plan: Plan,
    lines: Buffer<Line>,
}

impl Plan {
    /// The transform of a number; what is longer than the modulus is wrapped.
    pub(crate) fn forward(&self, a: &[u64], cx: &Context) -> Spectrum {
        let m = self.modulus_limbs();
        if a.len() > m && self.is_cyclic() {
            return self.forward(&wrap(a, m), cx);
        }
        let kernels = self.kernels(cx.simd);
        let mut lines = cx.points.take(self.spectrum_lines());
        let step = self.prime_lines();
        let fields: Vec<_> = (0..self.primes()).map(|k| self.field(k)).collect();
        let total = self.points() / Line::POINTS;
        let bits = self.layout().bits();
        // Lines from here on hold no part of the number.
        let used = (64 * a.len()).div_ceil(bits).div_ceil(Line::POINTS).min(total);
        let mut digits = Digits::new();
        for from in (0..used).step_by(CHUNK / Line::POINTS) {
            let count = (used - from).min(CHUNK / Line::POINTS);
            let limbs = &a[from * Line::POINTS * bits / 64..];
            let digits = digits.extract(limbs, self.layout(), count);
            for (k, field) in fields.iter().enumerate() {
                let out = &mut lines[k * step + from..][..count];
                kernels.residues(out, &digits[..self.layout().digits], self.layout().digit_bits, field);
            }
        }
        for (k, field) in fields.iter().enumerate() {
            let points = &mut lines[k * step..][..total];
            transform::forward(points, self.rows(), used, field, kernels, &cx.job);
        }
        Spectrum { plan: *self, lines }
    }
}

impl Spectrum {
    /// self = self·other
    pub(crate) fn multiply(&mut self, other: &Self, cx: &Context) {
        let kernels = self.plan.kernels(cx.simd);
        let total = self.plan.points() / Line::POINTS;
        for (k, x) in self.lines.chunks_mut(self.plan.prime_lines()).enumerate() {
            kernels.multiply(&mut x[..total], other.points(k), &self.plan.field(k));
        }
    }

    /// self = self²
    pub(crate) fn square(&mut self, cx: &Context) {
        let kernels = self.plan.kernels(cx.simd);
        let total = self.plan.points() / Line::POINTS;
        for (k, x) in self.lines.chunks_mut(self.plan.prime_lines()).enumerate() {
            kernels.square(&mut x[..total], &self.plan.field(k));
        }
    }

    /// self = self + a·b
    pub(crate) fn multiply_add(&mut self, a: &Self, b: &Self, cx: &Context) {
        let kernels = self.plan.kernels(cx.simd);
        let total = self.plan.points() / Line::POINTS;
        for (k, x) in self.lines.chunks_mut(self.plan.prime_lines()).enumerate() {
            kernels.multiply_add(&mut x[..total], a.points(k), b.points(k), &self.plan.field(k));
        }
    }

    /// Writes the number's low `out.len()` limbs.
    pub(crate) fn inverse(mut self, out: &mut [u64], cx: &Context) {
        let plan = self.plan;
        let kernels = plan.kernels(cx.simd);
        let total = plan.points() / Line::POINTS;
        for (k, x) in self.lines.chunks_mut(plan.prime_lines()).enumerate() {
            transform::inverse(&mut x[..total], plan.rows(), &plan.field(k), kernels, &cx.job);
        }
        let m = plan.modulus_limbs();
        if plan.is_cyclic() && out.len() < m {
            let mut whole = cx.limbs.take(m);
            self.combine(&mut whole, cx);
            out.copy_from_slice(&whole[..out.len()]);
        } else {
            self.combine(out, cx);
        }
    }

    fn combine(&self, out: &mut [u64], cx: &Context) {
        let plan = &self.plan;
        let (kernels, layout) = (plan.kernels(cx.simd), plan.layout());
        let total = plan.points() / Line::POINTS;
        // Points beyond the end of `out` do not matter, unless they wrap.
        let bits = layout.bits();
        let used =
            if plan.is_cyclic() { total } else { (64 * out.len()).div_ceil(bits * Line::POINTS).min(total) };
        let mut carry = Carry::new(layout);
        let mut written = 0;
        for from in (0..used).step_by(CHUNK / Line::POINTS) {
            let count = (used - from).min(CHUNK / Line::POINTS);
            let residues: [&[Line]; 6] = std::array::from_fn(|k| {
                if k < plan.primes() { &self.points(k)[from..from + count] } else { &[] }
            });
            let mut columns = carry.columns(count);
            kernels.combine(
                &mut columns[..layout.columns],
                &residues[..plan.primes()],
                layout,
                plan.log_scale(),
            );
            let rest = written.min(out.len());
            written += carry.write(count, &mut out[rest..]);
        }
        if plan.is_cyclic() {
            let m = plan.modulus_limbs();
            out[m..].fill(0);
            let mut above = [0; 24];
            carry.finish(&mut above);
            add_wrapping(&mut out[..m], &above);
        } else {
            let written = written.min(out.len());
            let rest = &mut out[written..];
            rest.fill(0);
            carry.finish(rest);
        }
    }

    fn points(&self, prime: usize) -> &[Line] {
        &self.lines[prime * self.plan.prime_lines()..][..self.plan.points() / Line::POINTS]
    }
}

/// a modulo 2^(64·m) − 1.
fn wrap(a: &[u64], m: usize) -> Vec<u64> {
    let mut sum = a[..m].to_vec();
    for piece in a[m..].chunks(m) {
        add_wrapping(&mut sum, piece);
    }
    sum
}

/// sum = sum + a modulo 2^(64·len) − 1; of zero's two representations either may come out.
fn add_wrapping(sum: &mut [u64], a: &[u64]) {
    for piece in a.chunks(sum.len()) {
        if add_assign(sum, piece) {
            // The carry out of the top goes in at the bottom; it cannot come out again.
            add_word(sum, 1);
        }
    }
}
