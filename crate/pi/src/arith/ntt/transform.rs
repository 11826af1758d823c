//! The transforms modulo one prime, and the order of the passes over memory.
//!
//! Blocks that fit into the second-level cache are one call of a kernel. Longer ones take two levels in place, their
//! quarters read and written from beginning to end, which hardware prefetches well, and go on depth-first: copying
//! strips of columns to a small buffer for up to six levels at a time is no faster up to 10^8 digits, since the rows of
//! a strip lie a power of two apart and compete for the same few cache sets.
//!
//! Threads share the columns of a pass, then the blocks below it.

use super::carry::CHUNK;
use super::columns::{Columns, MAX_ROWS};
use super::kernels::{Field, Kernels};
use super::layout::Layout;
use crate::run::{Job, parallel};
use crate::simd::{Line, WINDOW_MARGIN};

/// Points of a block that fits into half of a 512 KB second-level cache.
const L2_POINTS: usize = 1 << 15;
/// Points of the shortest block that takes two levels at a time for threads to share.
const MIN_SHARED_POINTS: usize = 1 << 11;
/// Points handled between two looks at the cancel switch.
const SLICE_POINTS: usize = 1 << 18;
/// Pieces of a pass for each thread, so that none waits long for the slowest one.
const PIECES: usize = 2;
/// Limbs of a chunk of the widest coefficients, and those that kernels may read after it.
const TAIL_LIMBS: usize = CHUNK * Line::POINTS * 138 / 64 + 1 + WINDOW_MARGIN;

/// Transforms of so many rows modulo a prime.
#[derive(Clone, Copy)]
pub(crate) struct Transform<'a> {
    pub(crate) rows: usize,
    pub(crate) layout: &'static Layout,
    pub(crate) field: &'a Field<'a>,
    pub(crate) kernels: Kernels,
    pub(crate) job: &'a Job,
    /// The threads that share the work.
    pub(crate) threads: usize,
}

impl Transform<'_> {
    /// The transform of a number, in blocks.
    pub(crate) fn forward(&self, a: &[u64], x: &mut [Line]) {
        let stride = x.len() / self.rows;
        let line_bits = self.layout.bits() * Line::POINTS;
        // Lines that hold a part of the number; rows beyond them, all or the upper half, are not looked at.
        let filled = (64 * a.len()).div_ceil(line_bits).min(x.len());
        let half = self.rows.div_ceil(2);
        let filled_rows = if filled <= half * stride { half } else { self.rows };
        let width = self.width(x.len(), SLICE_POINTS / Line::POINTS);
        let pieces = x[..filled_rows * stride].chunks_mut(width).enumerate();
        self.share(pieces, |(i, x)| self.residues(a, filled, i * width, x));
        self.share(self.columns(x, self.rows), |columns| {
            self.kernels.forward_first(columns, (self.rows, filled_rows), self.field);
        });
        let mut len = stride;
        while self.goes_on_together(x.len(), len) {
            self.share_quarters(x, len, |j, columns| self.kernels.forward_quarters(columns, j, self.field));
            len /= 4;
        }
        self.share(x.chunks_exact_mut(len).enumerate(), |(j, x)| self.forward_block(x, j));
    }

    /// The transforms of `product`, of which there is a line for each of x, undone, times the points of a row and 4, or 8
    /// for 8 rows. It is told where in x its lines are.
    pub(crate) fn inverse(&self, x: &mut [Line], product: impl Fn(usize, &mut [Line]) + Sync) {
        let stride = x.len() / self.rows;
        let mut len = stride;
        while self.goes_on_together(x.len(), len) {
            len /= 4;
        }
        self.share(x.chunks_exact_mut(len).enumerate(), |(j, x)| self.inverse_block(x, j, &product));
        while len < stride {
            len *= 4;
            self.share_quarters(x, len, |j, columns| self.kernels.inverse_quarters(columns, j, self.field));
        }
        self.share(self.columns(x, self.rows), |columns| {
            self.kernels.inverse_last(columns, self.rows, self.field);
        });
    }

    /// Changes all points, of which it is told where in x they are.
    pub(crate) fn pointwise(&self, x: &mut [Line], change: impl Fn(usize, &mut [Line]) + Sync) {
        let width = self.width(x.len(), SLICE_POINTS / Line::POINTS);
        self.share(x.chunks_mut(width).enumerate(), |(i, x)| change(i * width, x));
    }

    /// x = x·b or, where there is an a, x + a·b; without a b that is x itself, or a.
    pub(crate) fn multiply(&self, x: &mut [Line], a: Option<&[Line]>, b: Option<&[Line]>) {
        match (a, b) {
            (None, None) => self.kernels.square(x, self.field),
            (None, Some(b)) => self.kernels.multiply(x, b, self.field),
            (Some(a), b) => self.kernels.multiply_add(x, a, b.unwrap_or(a), self.field),
        }
    }

    /// The lines from `from` on of the residues of a number, whose bits are in the first `filled` ones.
    fn residues(&self, a: &[u64], filled: usize, from: usize, x: &mut [Line]) {
        let line_bits = self.layout.bits() * Line::POINTS;
        let filled = filled.saturating_sub(from).min(x.len());
        let (x, beyond) = x.split_at_mut(filled);
        beyond.fill(Line::default());
        // Coefficients begin with a limb where a chunk does.
        let a = &a[(from * line_bits / 64).min(a.len())..];
        // Lines of which all is there that kernels read, after their bits too.
        let inside = (64 * a.len().saturating_sub(1 + WINDOW_MARGIN) / line_bits).min(filled);
        let (inside, tail) = x.split_at_mut(inside / CHUNK * CHUNK);
        if !inside.is_empty() {
            self.kernels.residues(inside, a, self.layout, self.field);
        }
        let rest = &a[(inside.len() * line_bits / 64).min(a.len())..];
        let mut limbs = [0; TAIL_LIMBS];
        for (x, rest) in tail.chunks_mut(CHUNK).zip(rest.chunks(CHUNK * line_bits / 64)) {
            limbs[..rest.len()].copy_from_slice(rest);
            limbs[rest.len()..].fill(0);
            self.kernels.residues(x, &limbs, self.layout, self.field);
        }
    }

    fn forward_block(&self, x: &mut [Line], j: usize) {
        let points = x.len() * Line::POINTS;
        if points <= L2_POINTS {
            self.kernels.forward_block(x, j, self.field);
            return;
        }
        for columns in self.columns(x, 4) {
            if self.job.is_cancelled() {
                return;
            }
            self.kernels.forward_quarters(columns, j, self.field);
        }
        for (t, quarter) in x.chunks_exact_mut(x.len() / 4).enumerate() {
            self.forward_block(quarter, 4 * j + t);
        }
    }

    fn inverse_block(&self, x: &mut [Line], j: usize, product: &impl Fn(usize, &mut [Line])) {
        if self.job.is_cancelled() {
            return;
        }
        if x.len() * Line::POINTS <= L2_POINTS {
            product(j * x.len(), x);
            self.kernels.inverse_block(x, j, self.field);
            return;
        }
        for (t, quarter) in x.chunks_exact_mut(x.len() / 4).enumerate() {
            self.inverse_block(quarter, 4 * j + t, product);
        }
        for columns in self.columns(x, 4) {
            if self.job.is_cancelled() {
                return;
            }
            self.kernels.inverse_quarters(columns, j, self.field);
        }
    }

    /// Whether blocks of so many lines are still too few for all threads.
    fn goes_on_together(&self, lines: usize, block: usize) -> bool {
        !parallel::ALONE
            && self.threads > 1
            && lines / block < PIECES * self.threads
            && block * Line::POINTS > MIN_SHARED_POINTS
    }

    /// The columns of a block of so many rows, in pieces.
    fn columns<'x>(&self, block: &'x mut [Line], rows: usize) -> Columns<'x> {
        let slice = SLICE_POINTS / Line::POINTS / rows.next_power_of_two();
        let width = self.width(block.len() / rows, slice);
        Columns::new(block, rows, width)
    }

    /// The lines of a piece of so many, no more than `most`.
    fn width(&self, lines: usize, most: usize) -> usize {
        if parallel::ALONE || self.threads == 1 {
            return most;
        }
        lines.div_ceil(PIECES * self.threads).next_multiple_of(CHUNK).min(most)
    }

    /// Does `work` on the columns of the quarters of all blocks of so many lines.
    fn share_quarters(
        &self,
        x: &mut [Line],
        len: usize,
        work: impl Fn(usize, [&mut [Line]; MAX_ROWS]) + Sync,
    ) {
        let blocks = x.chunks_exact_mut(len).enumerate();
        let pieces = blocks.flat_map(|(j, x)| self.columns(x, 4).map(move |columns| (j, columns)));
        self.share(pieces, |(j, columns)| work(j, columns));
    }

    /// Does `work` on all pieces, unless the job is cancelled.
    fn share<T: Send>(&self, pieces: impl Iterator<Item = T> + Send, work: impl Fn(T) + Sync) {
        parallel::for_each(pieces, self.threads, |piece| {
            if !self.job.is_cancelled() {
                work(piece);
            }
        });
    }
}
