//! A number in the transform domain.

use std::borrow::Cow;

use super::carry::{CHUNK, Carry};
use super::kernels::Field;
use super::primes::PRIMES;
use super::transform::Transform;
use super::{Plan, twiddle};
use crate::arith::limbs::{add_assign, add_word};
use crate::run::allocation::{copy, resize};
use crate::run::buffers::Buffer;
#[cfg(test)]
use crate::run::fault;
use crate::run::{Context, parallel};
use crate::simd::{Line, doubles};

/// Limbs of a line of the widest coefficients and one more: room for what is above those of a part.
const ABOVE_LIMBS: usize = Line::POINTS * 138 / 64 + 2;

/// The transforms of one number modulo every prime of its plan.
#[derive(Debug)]
pub(crate) struct Spectrum {
    plan: Plan,
    lines: Buffer<Line>,
}

/// A number as the residues of its coefficients, from which [`Product::write`] makes its limbs.
#[derive(Debug)]
pub(crate) struct Product {
    plan: Plan,
    lines: Buffer<Line>,
}

/// The other factor of a product.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Factor<'a> {
    /// A number, of which no more than one prime's transform is in memory for each thread.
    Number(&'a [u64]),
    /// A number that is transformed.
    Spectrum(&'a Spectrum),
    /// The number itself.
    Itself,
}

impl Plan {
    /// The transform of a number; what is longer than the modulus is wrapped.
    pub(crate) fn forward(&self, a: &[u64], cx: &Context) -> Spectrum {
        let a = &*self.wrapped(a);
        let lines = self.each_prime(cx, |_, transform, x| transform.forward(a, x));
        Spectrum { plan: *self, lines }
    }

    /// The product of two numbers.
    pub(crate) fn product(&self, a: &[u64], b: &[u64], cx: &Context) -> Product {
        self.sum_of_products(&[(a, Factor::Number(b))], cx)
    }

    /// The sum of products, of which there is at least one.
    ///
    /// Each prime goes all the way, transforms back included, before a thread takes the next one: threads that have one
    /// each wait for each other once.
    pub(crate) fn sum_of_products(&self, products: &[(&[u64], Factor<'_>)], cx: &Context) -> Product {
        let products: Vec<_> = products.iter().map(|product| self.operands(product)).collect();
        let points = self.points() / Line::POINTS;
        let lines = self.each_prime(cx, |prime, transform, x| {
            let transformed = |a: &[u64]| {
                let mut y = cx.take_points(points);
                // There is no room for the points of a cancelled computation.
                (!y.is_empty()).then(|| {
                    transform.forward(a, &mut y);
                    y
                })
            };
            for (i, (a, b)) in products.iter().enumerate() {
                let a = if i == 0 {
                    transform.forward(a, x);
                    None
                } else {
                    let Some(a) = transformed(a) else { return };
                    Some(a)
                };
                let number;
                let b = match b {
                    Operand::Number(b) => {
                        let Some(b) = transformed(b) else { return };
                        number = b;
                        Some(&number[..])
                    }
                    Operand::Spectrum(b) => Some(b.points(prime)),
                    Operand::Itself => None,
                };
                let multiply = |at: usize, x: &mut [Line]| {
                    let [a, b] = [a.as_deref(), b].map(|y| y.map(|y| &y[at..at + x.len()]));
                    transform.multiply(x, a, b);
                };
                if i + 1 < products.len() {
                    transform.pointwise(x, multiply);
                } else {
                    transform.inverse(x, multiply);
                }
            }
        });
        Product { plan: *self, lines }
    }

    /// Lines of all primes, made by `work`.
    fn each_prime(
        &self,
        cx: &Context,
        work: impl Fn(usize, &Transform<'_>, &mut [Line]) + Sync,
    ) -> Buffer<Line> {
        let mut lines = cx.take_points(self.spectrum_lines());
        let points = self.points() / Line::POINTS;
        let (at_once, threads) = self.shares(cx.threads);
        parallel::for_each(lines.chunks_mut(self.prime_lines()).enumerate(), at_once, |(prime, x)| {
            // Nobody looks at the lines of an interrupted computation.
            if !cx.job.is_cancelled() {
                self.with_transform(prime, threads, cx, |transform| work(prime, transform, &mut x[..points]));
            }
        });
        lines
    }

    /// Does `work` with the transforms modulo a prime, unless the job is cancelled before their table is made.
    fn with_transform(&self, prime: usize, threads: usize, cx: &Context, work: impl FnOnce(&Transform<'_>)) {
        let (kernels, len) = (self.kernels(cx.simd), self.table_len());
        let p = PRIMES[prime] as f64;
        let of = |field| Transform {
            rows: self.rows(),
            layout: self.layout(),
            field,
            kernels,
            job: &cx.job,
            threads,
        };
        if len <= twiddle::MAX_KEPT {
            if let Some(twiddles) = twiddle::table(prime, len, kernels.form(), &cx.job) {
                work(&of(&Field { p, twiddles }));
            }
            return;
        }
        let mut table = cx.take_points(len / Line::POINTS);
        if twiddle::fill(&mut table, prime, kernels, threads, &cx.job).is_some() {
            work(&of(&Field { p, twiddles: doubles(&table) }));
        }
    }

    /// The points of a prime among those of all.
    fn points_of<'a>(&self, prime: usize, lines: &'a [Line]) -> &'a [Line] {
        &lines[prime * self.prime_lines()..][..self.points() / Line::POINTS]
    }

    /// A number that fits the modulus.
    fn wrapped<'a>(&self, a: &'a [u64]) -> Cow<'a, [u64]> {
        let m = self.modulus_limbs();
        if a.len() <= m || !self.is_cyclic() {
            return Cow::Borrowed(a);
        }
        let mut sum = copy(&a[..m]);
        add_wrapping(&mut sum, &a[m..]);
        Cow::Owned(sum)
    }

    fn operands<'a>(&self, &(a, b): &(&'a [u64], Factor<'a>)) -> (Cow<'a, [u64]>, Operand<'a>) {
        let b = match b {
            Factor::Number(b) => Operand::Number(self.wrapped(b)),
            Factor::Spectrum(b) => Operand::Spectrum(b),
            Factor::Itself => Operand::Itself,
        };
        (self.wrapped(a), b)
    }
}

/// A [`Factor`] that fits the modulus.
enum Operand<'a> {
    Number(Cow<'a, [u64]>),
    Spectrum(&'a Spectrum),
    Itself,
}

impl Spectrum {
    fn points(&self, prime: usize) -> &[Line] {
        self.plan.points_of(prime, &self.lines)
    }
}

impl Product {
    /// Writes the number's low `out.len()` limbs.
    pub(crate) fn write(#[cfg_attr(not(test), expect(unused_mut))] mut self, out: &mut [u64], cx: &Context) {
        if cx.job.is_cancelled() {
            return; // An interrupted transform may leave something that is no number.
        }
        #[cfg(test)]
        fault::strike(fault::Site::Points, &mut self.lines);
        let m = self.plan.modulus_limbs();
        if self.plan.is_cyclic() && out.len() < m {
            let mut whole = cx.take_limbs(m);
            self.combine(&mut whole, cx);
            if let Some(low) = whole.get(..out.len()) {
                out.copy_from_slice(low);
            }
        } else {
            self.combine(out, cx);
        }
        #[cfg(test)]
        fault::strike(fault::Site::Transform, out);
    }

    /// The coefficients from their residues, and the number from the coefficients.
    fn combine(&self, out: &mut [u64], cx: &Context) {
        let plan = &self.plan;
        let room = out.len().min(if plan.is_cyclic() { plan.modulus_limbs() } else { usize::MAX });
        let (out, beyond) = out.split_at_mut(room);
        beyond.fill(0);
        let line_bits = plan.layout().bits() * Line::POINTS;
        let total = plan.points() / Line::POINTS;
        // Points beyond the end of `out` do not matter, unless they wrap.
        let used = if plan.is_cyclic() { total } else { (64 * out.len()).div_ceil(line_bits).min(total) };
        // Threads get whole chunks, which begin with a limb; what is above a part is added to the next one.
        let parts = plan.useful_threads(cx.threads);
        let lines = used.div_ceil(parts).next_multiple_of(CHUNK);
        let limbs = lines * line_bits / 64;
        let mut above = Vec::new();
        resize(&mut above, used.div_ceil(lines), [0; ABOVE_LIMBS]);
        let end = out.len().min(above.len() * limbs);
        out[end..].fill(0);
        let work = above.iter_mut().zip(out.chunks_mut(limbs)).enumerate();
        parallel::for_each(work, parts, |(part, (above, out))| {
            self.combine_part(out, above, (part * lines, used.min((part + 1) * lines)), cx);
        });
        for (part, above) in above.iter().enumerate() {
            let at = ((part + 1) * limbs).min(out.len());
            if at < out.len() {
                let len = ABOVE_LIMBS.min(out.len() - at);
                let over = add_assign(&mut out[at..], &above[..len]);
                debug_assert!(!over || plan.is_cyclic() || cx.job.is_cancelled());
                if over {
                    add_word(out, 1);
                }
            } else if plan.is_cyclic() {
                add_wrapping(out, above);
            }
        }
    }

    /// The number that a range of lines makes: its limbs, and what is above them.
    fn combine_part(
        &self,
        out: &mut [u64],
        above: &mut [u64; ABOVE_LIMBS],
        (from, to): (usize, usize),
        cx: &Context,
    ) {
        let (kernels, layout) = (self.plan.kernels(cx.simd), self.plan.layout());
        let mut carry = Carry::new(layout);
        let mut written = 0;
        for from in (from..to).step_by(CHUNK) {
            if cx.job.is_cancelled() {
                return;
            }
            let count = (to - from).min(CHUNK);
            let residues: [&[Line]; PRIMES.len()] = std::array::from_fn(|k| {
                if k < self.plan.primes() { &self.points(k)[from..from + count] } else { &[] }
            });
            let (mut sums, before) = carry.sums(count);
            kernels.combine(
                &mut sums[..layout.digits],
                before,
                &residues[..self.plan.primes()],
                layout,
                self.plan.scale(kernels.form()),
            );
            let rest = written.min(out.len());
            written += carry.write(count, &mut out[rest..]);
        }
        if written < out.len() {
            let rest = &mut out[written..];
            rest.fill(0);
            carry.finish(rest);
        } else {
            carry.finish(above);
        }
    }

    fn points(&self, prime: usize) -> &[Line] {
        self.plan.points_of(prime, &self.lines)
    }
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
