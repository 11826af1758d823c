//! The order of the passes over memory.
//!
//! Blocks that fit into the second-level cache are one call of a kernel. Longer ones take their first levels, up
//! to six, in strips of columns that are copied to a small buffer: one pass over memory for six levels.

use super::arch::{Field, Kernels};
use super::line::Line;
use crate::Job;

/// Points of a block that fits into half of a 512 KB second-level cache.
const L2_POINTS: usize = 1 << 15;
/// Points handled between two looks at the cancel switch.
const SLICE_POINTS: usize = 1 << 18;

/// The transform of `x`, in `rows` blocks, or in one for 4 rows.
pub(crate) fn forward(x: &mut [Line], rows: usize, field: &Field, kernels: &Kernels, job: &Job) {
    if rows == 4 {
        forward_block(x, 0, field, kernels, job);
    } else {
        kernels.forward_first(x, rows, field);
        let stride = x.len() / rows;
        for (j, block) in x.chunks_exact_mut(stride).enumerate() {
            forward_block(block, j, field, kernels, job);
        }
    }
}

/// Undoes [`forward`], times 4 times the points of a row.
pub(crate) fn inverse(x: &mut [Line], rows: usize, field: &Field, kernels: &Kernels, job: &Job) {
    if rows == 4 {
        inverse_block(x, 0, field, kernels, job);
    } else {
        let stride = x.len() / rows;
        for (j, block) in x.chunks_exact_mut(stride).enumerate() {
            inverse_block(block, j, field, kernels, job);
        }
        kernels.inverse_last(x, rows, field);
    }
}

fn forward_block(x: &mut [Line], j: usize, field: &Field, kernels: &Kernels, job: &Job) {
    let points = x.len() * Line::POINTS;
    if job.is_cancelled() {
        return;
    }
    if points <= L2_POINTS {
        kernels.forward_block(x, j, field);
        return;
    }
    let rows = strip_rows(points);
    for columns in slices(points / rows, rows) {
        if job.is_cancelled() {
            return;
        }
        kernels.forward_rows(x, rows, j, field, columns);
    }
    let stride = x.len() / rows;
    for (t, block) in x.chunks_exact_mut(stride).enumerate() {
        forward_block(block, rows * j + t, field, kernels, job);
    }
}

fn inverse_block(x: &mut [Line], j: usize, field: &Field, kernels: &Kernels, job: &Job) {
    let points = x.len() * Line::POINTS;
    if job.is_cancelled() {
        return;
    }
    if points <= L2_POINTS {
        kernels.inverse_block(x, j, field);
        return;
    }
    let rows = strip_rows(points);
    let stride = x.len() / rows;
    for (t, block) in x.chunks_exact_mut(stride).enumerate() {
        inverse_block(block, rows * j + t, field, kernels, job);
    }
    for columns in slices(points / rows, rows) {
        if job.is_cancelled() {
            return;
        }
        kernels.inverse_rows(x, rows, j, field, columns);
    }
}

/// Rows of the strips of a block: as few passes over memory as 64 rows a pass allow.
fn strip_rows(points: usize) -> usize {
    if points <= 16 * L2_POINTS { 16 } else { 64 }
}

/// Ranges of columns.
fn slices(columns: usize, rows: usize) -> impl Iterator<Item = (usize, usize)> {
    let width = (SLICE_POINTS / rows).min(columns);
    (0..columns).step_by(width).map(move |from| (from, (from + width).min(columns)))
}
