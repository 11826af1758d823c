//! Ranges of columns of a transform's rows.

use crate::simd::Line;

/// The most rows of a transform.
pub(crate) const MAX_ROWS: usize = 8;

/// The columns of up to eight rows, so many lines of each at a time.
pub(crate) struct Columns<'a> {
    rows: [&'a mut [Line]; MAX_ROWS],
    width: usize,
}

impl<'a> Columns<'a> {
    /// The columns of a block of so many rows, with `width` lines of each together.
    pub(crate) fn new(block: &'a mut [Line], rows: usize, width: usize) -> Self {
        let mut all: [&mut [Line]; MAX_ROWS] = Default::default();
        for (row, lines) in all.iter_mut().zip(block.chunks_exact_mut(block.len() / rows)) {
            *row = lines;
        }
        Self { rows: all, width }
    }
}

impl<'a> Iterator for Columns<'a> {
    type Item = [&'a mut [Line]; MAX_ROWS];

    fn next(&mut self) -> Option<Self::Item> {
        if self.rows[0].is_empty() {
            return None;
        }
        Some(
            self.rows
                .each_mut()
                .map(|row| row.split_off_mut(..self.width.min(row.len())).unwrap_or_default()),
        )
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let count = self.rows[0].len().div_ceil(self.width);
        (count, Some(count))
    }
}
