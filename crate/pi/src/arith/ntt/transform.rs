//! The order of the passes over memory.
//!
//! Blocks that fit into the second-level cache are one call of a kernel. Longer ones take two levels in place, their
//! quarters read and written from beginning to end, which hardware prefetches well, and go on depth-first: copying
//! strips of columns to a small buffer for up to six levels at a time is no faster up to 10^8 digits, since the rows of
//! a strip lie a power of two apart and compete for the same few cache sets.

use super::kernels::{Field, Kernels};
use crate::run::Job;
use crate::simd::Line;

/// Points of a block that fits into half of a 512 KB second-level cache.
const L2_POINTS: usize = 1 << 15;
/// Points handled between two looks at the cancel switch.
const SLICE_POINTS: usize = 1 << 18;

/// The transform of `x`, in blocks, of which only the first `filled` lines are looked at.
pub(crate) fn forward(
    x: &mut [Line],
    rows: usize,
    filled: usize,
    field: &Field,
    kernels: Kernels,
    job: &Job,
) {
    if job.is_cancelled() {
        return;
    }
    let stride = x.len() / rows;
    let half = rows.div_ceil(2);
    let filled_rows = if filled <= half * stride { half } else { rows };
    let end = filled_rows * stride;
    x[filled.min(end)..end].fill(Line::default());
    for columns in slices(stride * Line::POINTS, rows) {
        if job.is_cancelled() {
            return;
        }
        kernels.forward_first(x, (rows, filled_rows), columns, field);
    }
    for (j, block) in x.chunks_exact_mut(stride).enumerate() {
        forward_block(block, j, field, kernels, job);
    }
}

/// Undoes [`forward`], times the points of a row and 4, or 8 for 8 rows.
pub(crate) fn inverse(x: &mut [Line], rows: usize, field: &Field, kernels: Kernels, job: &Job) {
    let stride = x.len() / rows;
    for (j, block) in x.chunks_exact_mut(stride).enumerate() {
        inverse_block(block, j, field, kernels, job);
    }
    for columns in slices(stride * Line::POINTS, rows) {
        if job.is_cancelled() {
            return;
        }
        kernels.inverse_last(x, rows, columns, field);
    }
}

fn forward_block(x: &mut [Line], j: usize, field: &Field, kernels: Kernels, job: &Job) {
    let points = x.len() * Line::POINTS;
    if job.is_cancelled() {
        return;
    }
    if points <= L2_POINTS {
        kernels.forward_block(x, j, field);
        return;
    }
    for columns in slices(points / 4, 4) {
        if job.is_cancelled() {
            return;
        }
        kernels.forward_quarters(x, j, columns, field);
    }
    for (t, quarter) in x.chunks_exact_mut(x.len() / 4).enumerate() {
        forward_block(quarter, 4 * j + t, field, kernels, job);
    }
}

fn inverse_block(x: &mut [Line], j: usize, field: &Field, kernels: Kernels, job: &Job) {
    let points = x.len() * Line::POINTS;
    if job.is_cancelled() {
        return;
    }
    if points <= L2_POINTS {
        kernels.inverse_block(x, j, field);
        return;
    }
    for (t, quarter) in x.chunks_exact_mut(x.len() / 4).enumerate() {
        inverse_block(quarter, 4 * j + t, field, kernels, job);
    }
    for columns in slices(points / 4, 4) {
        if job.is_cancelled() {
            return;
        }
        kernels.inverse_quarters(x, j, columns, field);
    }
}

/// Ranges of columns.
fn slices(columns: usize, rows: usize) -> impl Iterator<Item = (usize, usize)> {
    let width = (SLICE_POINTS / 8 / rows.next_power_of_two() * 8).min(columns);
    (0..columns).step_by(width).map(move |from| (from, (from + width).min(columns)))
}
