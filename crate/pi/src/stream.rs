//! Digits in chunks, first digits first.

use crate::{Algorithm, Error, Job, digits};

/// The first n digits of pi, in chunks; no thread waits between two chunks.
pub struct DigitStream {
    n: usize,
    algorithm: Algorithm,
    job: Job,
    rest: Option<std::vec::IntoIter<u8>>,
}

impl DigitStream {
    /// A stream of the first `n` digits. The work starts with the first chunk asked for.
    ///
    /// # Errors
    ///
    /// As [`digits`], before any work.
    pub fn new(n: usize, algorithm: Algorithm, job: Job) -> Result<Self, Error> {
        job.admit(n, algorithm)?;
        Ok(Self { n, algorithm, job, rest: None })
    }

    /// The next chunk, at most `max` digits; empty after the last one.
    ///
    /// # Errors
    ///
    /// As [`digits`].
    pub fn next_chunk(&mut self, max: usize) -> Result<Vec<u8>, Error> {
        self.job.check()?;
        let rest = match &mut self.rest {
            Some(rest) => rest,
            None => self.rest.insert(digits(self.n, self.algorithm, &self.job)?.into_iter()),
        };
        Ok(rest.take(max).collect())
    }
}
