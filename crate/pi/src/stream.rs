//! Digits as they come, first digits first.

use std::iter::FusedIterator;
use std::{mem, vec};

use crate::admission::admit;
use crate::chudnovsky::{self, GUARD_LIMBS, Stages};
use crate::estimate::{MAX_DIGITS, estimate};
use crate::growth::{Stage, stages_after};
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
    /// The digits that end the stream, or the stage of one without end.
    n: usize,
    endless: Option<Endless>,
    /// Digits that the source has produced.
    produced: usize,
    /// Digits of its first leaf that were produced before.
    overlap: usize,
    options: Options,
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

/// The state that a stream without end keeps from stage to stage.
#[derive(Default)]
struct Endless {
    stages: Stages,
    /// The next stage, where it is settled.
    planned: Option<Stage>,
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
        Ok(Self::over(n, None, admit(n, options)?, options))
    }

    /// A stream without end, but for that of memory and [`MAX_DIGITS`].
    ///
    /// The digits come in stages, each of twice as many as the ones before gave. A stage goes on with the series where it
    /// stopped and does the division anew, so that the first digits in all take about twice as long as by a stream that knows
    /// how many are wanted. The memory grows with the digits that were read: [`DigitStream::plan_stage`] tells it
    /// beforehand. With [`Options::with_verification`] the digits of each stage are proved before its last ones are given. The
    /// fraction of the [`Progress`](crate::Progress) is that of a stage.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`], and [`Error::Memory`] where not even the first stage may have its memory. Chunks fail with this
    /// after the digits that fit into [`Options::with_max_memory`], and with [`Error::TooManyDigits`] after [`MAX_DIGITS`].
    ///
    /// ```
    /// use compute_pi::{DigitStream, Options};
    ///
    /// let mut digits = DigitStream::endless(&Options::new())?;
    /// let first: Vec<u8> = digits.by_ref().take(6).collect::<Result<_, _>>()?;
    /// assert_eq!(first, [3, 1, 4, 1, 5, 9]);
    /// // Five digits before its place, which the stream counts from the 3 on.
    /// assert_eq!(digits.nth(100_000 - 6).transpose()?, Some(6));
    /// # Ok::<(), compute_pi::Error>(())
    /// ```
    pub fn endless(options: &Options) -> Result<Self, Error> {
        let job = options.job();
        job.check()?;
        let mut stream = Self::over(0, Some(Endless::default()), job, options);
        stream.planned_stage()?;
        Ok(stream)
    }

    fn over(n: usize, endless: Option<Endless>, job: Job, options: &Options) -> Self {
        Self {
            n,
            endless,
            produced: 0,
            overlap: 0,
            options: options.clone(),
            job,
            source: Source::Unstarted(options.algorithm()),
            iterated: vec::IntoIter::default(),
            pending: Vec::new(),
            sent: 0,
            certificate: None,
            written: Written::NONE,
            verification: None,
            failure: None,
        }
    }

    /// Settles how far the stage goes that the next chunk begins: of the stages that may follow, the longest for which `fits`
    /// holds, or the shortest where it holds for none. None where the next chunk goes on with what is there.
    ///
    /// A stream that ends has a single stage. Without this call the stages of one without end keep to
    /// [`Options::with_max_memory`]; with it, they are as long as it said.
    ///
    /// ```
    /// use compute_pi::{DigitStream, Options};
    ///
    /// let mut stream = DigitStream::endless(&Options::new())?;
    /// let first = stream.plan_stage(|_| true);
    /// let count = stream.read_chunk(1 << 20)?.len();
    /// assert_eq!(first.map(|stage| stage.digits), Some(count));
    /// // Twice as many, unless that takes too much.
    /// assert_eq!(stream.plan_stage(|_| true).map(|stage| stage.digits), Some(2 * count));
    /// assert!(stream.plan_stage(|stage| stage.memory < 1 << 16).is_some_and(|stage| stage.digits < 2 * count));
    /// # Ok::<(), compute_pi::Error>(())
    /// ```
    pub fn plan_stage(&mut self, fits: impl Fn(&Stage) -> bool) -> Option<Stage> {
        if self.failure.is_some() {
            return None;
        }
        let Some(endless) = &mut self.endless else {
            let is_unstarted = matches!(self.source, Source::Unstarted(_)) && self.n > 0;
            return is_unstarted
                .then(|| Stage { digits: self.n, memory: estimate(self.n, &self.options).memory });
        };
        if self.produced < self.n || !self.pending.is_empty() || self.iterated.len() > 0 {
            return None;
        }
        let mut shortest = None;
        let longest = stages_after(self.n, &self.options).find(|stage| {
            shortest = Some(*stage);
            fits(stage)
        });
        endless.planned = longest.or(shortest);
        endless.planned
    }

    /// The next stage of a stream without end, settled now if it was not before.
    fn planned_stage(&mut self) -> Result<Option<Stage>, Error> {
        if let Some(Endless { planned: Some(stage), .. }) = self.endless {
            return Ok(Some(stage));
        }
        let allowed = self.options.max_memory().unwrap_or(u64::MAX);
        match self.plan_stage(|stage| stage.memory <= allowed) {
            Some(Stage { memory: needed, .. }) if needed > allowed => Err(Error::Memory { needed, allowed }),
            Some(stage) => Ok(Some(stage)),
            None => Ok(None),
        }
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
            self.endless = None;
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
        if max > 0 && self.endless.is_some() && self.produced == self.n && self.pending.is_empty() {
            self.begin_stage()?;
        }
        if max > 0 && self.produced < self.n {
            // Before there is a chunk, for it makes the peak of the memory.
            self.begin()?;
        }
        let mut chunk = with_capacity(max.min(self.n - self.produced + self.pending.len() - self.sent));
        self.send_pending(&mut chunk, max);
        while chunk.len() < max && self.produced < self.n {
            match &mut self.source {
                Source::Unstarted(_) => unreachable!("it has begun"),
                Source::Chudnovsky(binary) => {
                    let length = binary.conversion.next_len(&binary.cx)?;
                    if length > max - chunk.len() && !chunk.is_empty() {
                        break;
                    }
                    // A leaf that fits goes straight into the chunk.
                    let fits = length <= max - chunk.len() && self.overlap == 0;
                    let out = if fits { &mut chunk } else { &mut self.pending };
                    let start = out.len();
                    resize(out, start + length, 0);
                    if binary.conversion.write_leaf(&mut out[start..], &binary.cx) {
                        self.sent = mem::take(&mut self.overlap);
                        self.produced += length - self.sent;
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

    /// Begins the next stage of a stream without end.
    fn begin_stage(&mut self) -> Result<(), Error> {
        let stage = self.planned_stage()?;
        if let Some(endless) = &mut self.endless {
            endless.planned = None;
        }
        self.n = stage.ok_or(Error::TooManyDigits { asked: MAX_DIGITS + 1, max: MAX_DIGITS })?.digits;
        match self.source {
            Source::Spigot(_) => self.begin_spigot()?,
            _ => self.source = Source::Unstarted(self.options.algorithm()),
        }
        Ok(())
    }

    /// Does what the next digits wait for, if that is not done yet.
    fn begin(&mut self) -> Result<(), Error> {
        match self.source {
            Source::Unstarted(Algorithm::Chudnovsky) => self.start(GUARD_LIMBS)?,
            Source::Unstarted(Algorithm::Spigot) => {
                self.begin_spigot()?;
                self.source = Source::Spigot(Box::new(Spigot::new()));
            }
            Source::Chudnovsky(_) | Source::Spigot(_) => {}
        }
        Ok(())
    }

    /// Computes the binary fraction for the digits after those that were produced.
    fn start(&mut self, guard: usize) -> Result<(), Error> {
        let stages = self.endless.as_mut().map(|endless| &mut endless.stages);
        let (binary, certificate, skipped) = Binary::new(self.n, guard, self.produced, &self.job, stages)?;
        self.source = Source::Chudnovsky(Box::new(binary));
        self.certificate = certificate;
        self.overlap = self.produced - skipped;
        Ok(())
    }

    /// The check of the spigot's digits.
    fn begin_spigot(&mut self) -> Result<(), Error> {
        if self.job.verifies() {
            self.certificate = Some(chudnovsky::certificate(self.n, &self.job)?);
        }
        self.job.begin((self.n as u64).pow(2));
        self.job.advance((self.produced as u64).pow(2));
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
    /// The digits after the first `produced` ones, or, where these end within a leaf, from that leaf on; with what their
    /// verification needs, and how many were passed over.
    fn new(
        n: usize,
        guard: usize,
        produced: usize,
        job: &Job,
        stages: Option<&mut Stages>,
    ) -> Result<(Self, Option<Certificate>, usize), Error> {
        let cx = Context::new(job).frugal();
        let (conversion, certificate, skipped) = match stages {
            Some(stages) => stages.conversion(n, guard, produced, &cx)?,
            None => {
                let (mut conversion, certificate) = chudnovsky::conversion(n, guard, &cx)?;
                // How many guard limbs there are does not move the leaves.
                let skipped = conversion.skip(produced, &cx)?;
                (conversion, certificate, skipped)
            }
        };
        Ok((Self { conversion, guard, cx }, certificate, skipped))
    }
}

#[cfg(test)]
mod tests;
