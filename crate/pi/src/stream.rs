//! Digits as they come, first digits first.

use std::iter::FusedIterator;
use std::vec;

use crate::admission::admit;
use crate::chudnovsky::{self, GUARD_LIMBS};
use crate::radix::Conversion;
use crate::run::allocation::{refusable, resize, with_capacity};
use crate::run::{Algorithm, Context, Error, Job, Options};
use crate::spigot::Spigot;
use crate::verify::{Certificate, Verification, Written};

/// The spigot hands over its digits in chunks of at most this length, for it takes long over each.
const SPIGOT_CHUNK: usize = 256;

/// Digits that the iterator asks for at a time.
const ITERATED: usize = 1024;

/// The first n digits of pi, as they come, each a value from 0 to 9.
///
/// The first digit waits for the series and the division; from then on each one takes only the part of the
/// conversion that leads to it, and what is used up is freed. No thread runs between two digits. At ten million
/// digits a stream takes 6 bytes a digit at its peak, [`crate::digits()`] 7; on two threads up to two more.
///
/// ```
/// use compute_pi::{DigitStream, Options};
///
/// // R. Feynman's point: six nines in a row.
/// let stream = DigitStream::new(1000, &Options::new())?.skip(762);
/// assert_eq!(stream.take(6).collect::<Result<Vec<_>, _>>()?, [9; 6]);
/// # Ok::<(), compute_pi::Error>(())
/// ```
pub struct DigitStream {
    n: usize,
    /// Digits that the source has produced.
    produced: usize,
    job: Job,
    source: Source,
    /// Digits of a chunk that the iterator has not given yet.
    iterated: vec::IntoIter<u8>,
    /// Digits of a leaf that was longer than the chunk asked for, from `sent` on.
    pending: Vec<u8>,
    sent: usize,
    /// The demands on the digits, for a job that verifies.
    certificate: Option<Certificate>,
    /// The digits that were handed out.
    written: Written,
    /// How they were verified.
    verification: Option<Verification>,
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
    /// A stream of the first `n` digits. The work starts with the first digit asked for.
    ///
    /// # Errors
    ///
    /// As [`crate::digits()`], before any work.
    pub fn new(n: usize, options: &Options) -> Result<Self, Error> {
        Ok(Self {
            n,
            produced: 0,
            job: admit(n, options)?,
            source: Source::Unstarted(options.algorithm()),
            iterated: vec::IntoIter::default(),
            pending: Vec::new(),
            sent: 0,
            certificate: None,
            written: Written::NONE,
            verification: None,
            failure: None,
        })
    }

    /// The next chunk, at most `max` digits; empty after the last one, or when `max` is 0.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`] after [`Handle::cancel`](crate::Handle::cancel); [`Error::Allocation`] when the system refuses
    /// memory; with [`Options::with_verification`], [`Error::Verification`], instead of the first chunk or of the last
    /// one. After an error there is no chunk any more.
    ///
    /// ```
    /// use compute_pi::{DigitStream, Options};
    ///
    /// let mut stream = DigitStream::new(3000, &Options::new())?;
    /// let mut digits = Vec::new();
    /// loop {
    ///     let chunk = stream.read_chunk(1000)?;
    ///     if chunk.is_empty() {
    ///         break;
    ///     }
    ///     digits.extend(chunk);
    /// }
    /// assert_eq!(digits, *compute_pi::digits(3000, &Options::new())?);
    /// # Ok::<(), compute_pi::Error>(())
    /// ```
    pub fn read_chunk(&mut self, max: usize) -> Result<Vec<u8>, Error> {
        if let Some(error) = self.failure {
            return Err(error);
        }
        if self.iterated.len() > 0 {
            return Ok(self.iterated.by_ref().take(max).collect());
        }
        let chunk = refusable(|| self.chunk(max));
        if let Err(error) = chunk {
            self.failure = Some(error);
            // Frees the memory.
            self.source = Source::Unstarted(Algorithm::default());
        }
        chunk
    }

    /// How the digits were verified, once the last of them has come; none without [`Options::with_verification`].
    #[must_use]
    pub fn verification(&self) -> Option<Verification> {
        self.verification
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
                    spigot.require_room();
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
                self.verification = Some(certificate.check(self.written)?);
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

/// The digits; an error is the last item.
impl Iterator for DigitStream {
    type Item = Result<u8, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.iterated.len() == 0 {
            if self.failure.is_some() {
                return None;
            }
            match self.read_chunk(ITERATED) {
                Ok(chunk) => self.iterated = chunk.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
        self.iterated.next().map(Ok)
    }
}

impl FusedIterator for DigitStream {}

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
    use crate::Handle;

    fn read(mut stream: DigitStream, max: usize) -> Vec<u8> {
        let mut digits = Vec::new();
        loop {
            let chunk = stream.read_chunk(max).unwrap();
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
            let expected = crate::digits(n, &Options::new()).unwrap();
            for max in [1, 7, 900, 1024, 5000] {
                for algorithm in [Algorithm::Chudnovsky, Algorithm::Spigot] {
                    let stream = DigitStream::new(n, &Options::new().with_algorithm(algorithm)).unwrap();
                    assert_eq!(read(stream, max), *expected, "{n} digits by {max}, {algorithm:?}");
                }
            }
        }
    }

    #[test]
    fn chunks_come_before_the_work_is_done() {
        let n = if cfg!(miri) { 300 } else { 100_000 };
        for algorithm in [Algorithm::Chudnovsky, Algorithm::Spigot] {
            let handle = Handle::new();
            let options = Options::new().with_algorithm(algorithm).with_handle(&handle);
            let mut stream = DigitStream::new(n, &options).unwrap();
            assert_eq!(stream.read_chunk(0), Ok(vec![]));
            assert_eq!(stream.read_chunk(5), Ok(vec![3, 1, 4, 1, 5]));
            if n > 300 {
                assert!(handle.progress().fraction < 0.999, "{algorithm:?}");
            }
            handle.cancel();
            assert_eq!(stream.read_chunk(5), Err(Error::Cancelled));
        }
    }

    #[test]
    fn digits_and_chunks_come_from_one_stream() {
        let n = if cfg!(miri) { 40 } else { 3000 };
        let options = Options::new().with_verification();
        let expected = crate::digits(n, &options).unwrap();
        let mut stream = DigitStream::new(n, &options).unwrap();
        let mut digits: Vec<u8> = stream.by_ref().take(7).map(Result::unwrap).collect();
        digits.extend(stream.read_chunk(3).unwrap());
        digits.extend(stream.by_ref().map(Result::unwrap));
        assert_eq!(digits, *expected);
        assert_eq!(stream.verification(), expected.verification());
        assert_eq!((stream.next(), stream.read_chunk(9)), (None, Ok(vec![])));
    }

    #[test]
    fn an_error_is_the_last_item() {
        let handle = Handle::new();
        let mut stream = DigitStream::new(5000, &Options::new().with_handle(&handle)).unwrap();
        handle.cancel();
        assert_eq!([stream.next(), stream.next()], [Some(Err(Error::Cancelled)), None]);
        assert_eq!(stream.read_chunk(9), Err(Error::Cancelled));
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
        assert_eq!(digits, *crate::digits(n, &Options::new()).unwrap());
    }
}
