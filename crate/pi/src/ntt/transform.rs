//! The order of the passes over memory.
//!
//! Blocks that fit into the second-level cache are one call of a kernel. Longer ones take their first levels, up
//! to six, in strips of columns that are copied to a small buffer: one pass over memory for six levels.

use super::arch::{Field, Kernels, STRIP_LINES};
use super::line::Line;
use crate::Job;
use crate::allocation::resize;

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
    kernels: &Kernels,
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
    let inner = inner_rows(stride * Line::POINTS);
    let strip = &mut *strip(inner);
    for columns in slices(stride * Line::POINTS / inner, rows * inner) {
        if job.is_cancelled() {
            return;
        }
        kernels.forward_first(x, (rows, filled_rows), inner, field, columns, strip);
    }
    for (j, block) in x.chunks_exact_mut(stride / inner).enumerate() {
        forward_block(block, j, field, kernels, job, strip);
    }
}

/// Undoes [`forward`], times the points of a row and 4, or 8 for 8 rows.
pub(crate) fn inverse(x: &mut [Line], rows: usize, field: &Field, kernels: &Kernels, job: &Job) {
    let stride = x.len() / rows;
    let inner = inner_rows(stride * Line::POINTS);
    let strip = &mut *strip(inner);
    for (j, block) in x.chunks_exact_mut(stride / inner).enumerate() {
        inverse_block(block, j, field, kernels, job, strip);
    }
    for columns in slices(stride * Line::POINTS / inner, rows * inner) {
        if job.is_cancelled() {
            return;
        }
        kernels.inverse_last(x, rows, inner, field, columns, strip);
    }
}

/// Rows of each row that are handled in the same pass over memory.
fn inner_rows(points: usize) -> usize {
    if points <= L2_POINTS { 1 } else { 16 }
}

/// What kernels copy strips to, where they have more than one inner row.
fn strip(inner: usize) -> Vec<Line> {
    let mut strip = Vec::new();
    resize(&mut strip, if inner == 1 { 0 } else { STRIP_LINES }, Line::default());
    strip
}

fn forward_block(x: &mut [Line], j: usize, field: &Field, kernels: &Kernels, job: &Job, strip: &mut [Line]) {
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
        kernels.forward_rows(x, rows, j, field, columns, strip);
    }
    let stride = x.len() / rows;
    for (t, block) in x.chunks_exact_mut(stride).enumerate() {
        forward_block(block, rows * j + t, field, kernels, job, strip);
    }
}

fn inverse_block(x: &mut [Line], j: usize, field: &Field, kernels: &Kernels, job: &Job, strip: &mut [Line]) {
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
        inverse_block(block, rows * j + t, field, kernels, job, strip);
    }
    for columns in slices(points / rows, rows) {
        if job.is_cancelled() {
            return;
        }
        kernels.inverse_rows(x, rows, j, field, columns, strip);
    }
}

/// Rows of the strips of a block: as few passes over memory as 64 rows a pass allow.
fn strip_rows(points: usize) -> usize {
    if points <= 16 * L2_POINTS { 16 } else { 64 }
}

/// Ranges of columns.
fn slices(columns: usize, rows: usize) -> impl Iterator<Item = (usize, usize)> {
    let width = (SLICE_POINTS / 8 / rows.next_power_of_two() * 8).min(columns);
    (0..columns).step_by(width).map(move |from| (from, (from + width).min(columns)))
}
