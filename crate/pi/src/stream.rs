//! Digits in chunks, first digits first.

use crate::Algorithm;
use crate::chudnovsky::{self, GUARD_LIMBS};
use crate::radix::Conversion;
use crate::run::allocation::{refusable, resize, with_capacity};
use crate::run::{Context, Error, Job};
use crate::spigot::Spigot;
use crate::verify::{Certificate, Written};

/// The spigot hands over its digits in chunks of at most this length, for it takes long over each.
const SPIGOT_CHUNK: usize = 256;

/// The first n digits of pi, in chunks.
///
/// The first chunk waits for the series and the division; from then on each one takes only the part of the
/// conversion that leads to its digits, and what is used up is freed. No thread runs between two chunks. At ten million
/// digits a stream takes 6 bytes a digit at its peak, [`crate::digits`] 7; on two threads up to two more.
///
/// ```
/// use compute_pi::{Algorithm, DigitStream, Job};
///
/// let mut stream = DigitStream::new(5000, Algorithm::Chudnovsky, Job::new())?;
/// let mut digits = Vec::new();
/// loop {
///     let chunk = stream.next_chunk(1000)?;
///     if chunk.is_empty() {
///         break;
///     }
///     digits.extend(chunk);
/// }
/// assert_eq!(digits, compute_pi::digits(5000, Algorithm::Chudnovsky, &Job::new())?);
/// # Ok::<(), compute_pi::Error>(())
/// ```
pub struct DigitStream {
    n: usize,
    /// Digits that the source has produced.
    produced: usize,
    job: Job,
    source: Source,
    /// Digits of a leaf that was longer than the chunk asked for, from `sent` on.
    pending: Vec<u8>,
    sent: usize,
    /// What the digits have to be, for a job that verifies.
    certificate: Option<Certificate>,
    /// The digits that were handed out.
    written: Written,
    /// Why there are no more chunks.
    failure: Option<Error>,
}

/// Where the digits come from.
enum Source {
    /// Nothing is computed yet.
    Unstarted(Algorithm),
    Chudnovsky(Box<Binary>),
    Spigot(Box<Spigot>),
}

/// The digits of a binary fraction.
struct Binary {
    conversion: Conversion,
    guard: usize,
    cx: Context,
}

impl DigitStream {
    /// A stream of the first `n` digits. The work starts with the first chunk asked for.
    ///
    /// # Errors
    ///
    /// As [`crate::digits`], before any work.
    pub fn new(n: usize, algorithm: Algorithm, job: Job) -> Result<Self, Error> {
        job.admit(n, algorithm)?;
        Ok(Self {
            n,
            produced: 0,
            job,
            source: Source::Unstarted(algorithm),
            pending: Vec::new(),
            sent: 0,
            certificate: None,
            written: Written::NONE,
            failure: None,
        })
    }

    /// The next chunk, at most `max` digits; empty after the last one, or when `max` is 0.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`] after [`Job::cancel`]; [`Error::Allocation`] when the system refuses memory; for a job with
    /// [`Job::with_verification`], [`Error::Verification`], instead of the first chunk or of the last one. After an error
    /// there is no chunk any more.
    pub fn next_chunk(&mut self, max: usize) -> Result<Vec<u8>, Error> {
        if let Some(error) = self.failure {
            return Err(error);
        }
        let chunk = refusable(|| self.chunk(max));
        if let Err(error) = chunk {
            self.failure = Some(error);
            // Frees the memory.
            self.source = Source::Unstarted(Algorithm::default());
        }
        chunk
    }

    fn chunk(&mut self, max: usize) -> Result<Vec<u8>, Error> {
        self.job.check()?;
        let mut chunk = with_capacity(max.min(self.n - self.produced + self.pending.len() - self.sent));
        self.send_pending(&mut chunk, max);
        while chunk.len() < max && self.produced < self.n {
            match &mut self.source {
                Source::Unstarted(Algorithm::Chudnovsky) => {
                    self.start(GUARD_LIMBS)?;
                }
                Source::Unstarted(Algorithm::Spigot) => {
                    if self.job.verifies() {
                        self.certificate = Some(chudnovsky::certificate(self.n, &self.job)?);
                    }
                    self.job.begin((self.n as u64).pow(2));
                    self.source = Source::Spigot(Box::new(Spigot::new()));
                }
                Source::Chudnovsky(binary) => {
                    let length = binary.conversion.next_len(&binary.cx)?;
                    if length > max - chunk.len() && !chunk.is_empty() {
                        break;
                    }
                    // A leaf that fits goes straight into the chunk.
                    let fits = length <= max - chunk.len();
                    let out = if fits { &mut chunk } else { &mut self.pending };
                    let start = out.len();
                    resize(out, start + length, 0);
                    if binary.conversion.write_leaf(&mut out[start..], &binary.cx) {
                        self.produced += length;
                        self.send_pending(&mut chunk, max);
                    } else {
                        out.truncate(start);
                        let guard = 2 * binary.guard;
                        self.source = Source::Unstarted(Algorithm::Chudnovsky);
                        self.start(guard)?;
                    }
                }
                Source::Spigot(spigot) => {
                    chunk.extend(spigot.next());
                    self.job.advance(2 * self.produced as u64 + 1);
                    self.produced += 1;
                    self.job.check()?;
                    if chunk.len() == SPIGOT_CHUNK {
                        break;
                    }
                }
            }
        }
        if let Some(certificate) = self.certificate {
            self.written.extend(&chunk);
            if self.produced == self.n && self.pending.is_empty() {
                certificate.check(self.written, &self.job)?;
            }
        }
        Ok(chunk)
    }

    /// Computes the binary fraction for the digits after those that were produced.
    fn start(&mut self, guard: usize) -> Result<(), Error> {
        let (binary, certificate) = Binary::new(self.n, guard, self.produced, &self.job)?;
        self.source = Source::Chudnovsky(Box::new(binary));
        self.certificate = certificate;
        Ok(())
    }

    /// Moves what is left of the pending leaf to the chunk.
    fn send_pending(&mut self, chunk: &mut Vec<u8>, max: usize) {
        let count = (max - chunk.len()).min(self.pending.len() - self.sent);
        chunk.extend_from_slice(&self.pending[self.sent..self.sent + count]);
        self.sent += count;
        if self.sent == self.pending.len() {
            self.pending.clear();
            self.sent = 0;
        }
    }
}

impl Binary {
    /// The digits after the first `produced` ones, which end with a leaf.
    fn new(n: usize, guard: usize, produced: usize, job: &Job) -> Result<(Self, Option<Certificate>), Error> {
        let cx = Context::new(job).frugal();
        let (mut conversion, certificate) = chudnovsky::conversion(n, guard, &cx)?;
        // How many guard limbs there are does not move the leaves.
        let mut skipped = 0;
        while skipped < produced {
            skipped += conversion.next_len(&cx)?;
            conversion.skip_leaf();
        }
        Ok((Self { conversion, guard, cx }, certificate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mut stream: DigitStream, max: usize) -> Vec<u8> {
        let mut digits = Vec::new();
        loop {
            let chunk = stream.next_chunk(max).unwrap();
            assert!(chunk.len() <= max);
            if chunk.is_empty() {
                return digits;
            }
            digits.extend(chunk);
        }
    }

    #[test]
    fn chunks_are_the_digits() {
        let sizes: &[usize] = if cfg!(miri) { &[0, 30] } else { &[0, 1, 27, 999, 1000, 1025, 3000] };
        for &n in sizes {
            let expected = crate::digits(n, Algorithm::Chudnovsky, &Job::new()).unwrap();
            for max in [1, 7, 900, 1024, 5000] {
                for algorithm in [Algorithm::Chudnovsky, Algorithm::Spigot] {
                    let stream = DigitStream::new(n, algorithm, Job::new()).unwrap();
                    assert_eq!(read(stream, max), expected, "{n} digits by {max}, {algorithm:?}");
                }
            }
        }
    }

    #[test]
    fn chunks_come_before_the_work_is_done() {
        let n = if cfg!(miri) { 300 } else { 100_000 };
        for algorithm in [Algorithm::Chudnovsky, Algorithm::Spigot] {
            let job = Job::new();
            let mut stream = DigitStream::new(n, algorithm, job.clone()).unwrap();
            assert_eq!(stream.next_chunk(0), Ok(vec![]));
            assert_eq!(stream.next_chunk(5), Ok(vec![3, 1, 4, 1, 5]));
            if n > 300 {
                assert!(job.progress().fraction < 0.999, "{algorithm:?}");
            }
            job.cancel();
            assert_eq!(stream.next_chunk(5), Err(Error::Cancelled));
        }
    }

    #[test]
    fn more_guard_limbs_go_on_where_fewer_stopped() {
        let n = if cfg!(miri) { 40 } else { 5000 };
        let job = Job::new();
        let mut digits = Vec::new();
        let mut guard = 1;
        while digits.len() < n {
            let (mut binary, _) = Binary::new(n, guard, digits.len(), &job).unwrap();
            let start = digits.len();
            digits.resize(start + binary.conversion.next_len(&binary.cx).unwrap(), 0);
            assert!(binary.conversion.write_leaf(&mut digits[start..], &binary.cx));
            guard += 1;
        }
        assert_eq!(digits, crate::digits(n, Algorithm::Chudnovsky, &job).unwrap());
    }
}
