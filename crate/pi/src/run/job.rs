//! Cancellation, progress and limits of one computation.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::run::{Error, threads};
use crate::simd::Simd;
use crate::{Algorithm, MAX_DIGITS, Verification, estimate};

/// The part of the computation that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Phase {
    /// Summing the series.
    Series,
    /// The square root and the division that turn the sum into pi.
    Division,
    /// Turning the binary fraction into decimal digits.
    Conversion,
    /// Checking the binary fraction, for a job with [`Job::with_verification`].
    Verification,
}

/// How far a computation has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// The part that is under way.
    pub phase: Phase,
    /// The share of the whole computation that is done, from 0 to 1; linear in time.
    pub fraction: f64,
}

/// One computation's cancel switch, progress and limits.
///
/// Clones share the switch and the progress, so that another thread can hold one:
///
/// ```
/// use compute_pi::{Algorithm, Error, Job, digits};
///
/// let job = Job::new();
/// let handle = job.clone();
/// handle.cancel();
/// assert_eq!(digits(1000, Algorithm::Chudnovsky, &job), Err(Error::Cancelled));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Job {
    state: Arc<State>,
    threads: Option<NonZeroUsize>,
    cpus: Option<NonZeroUsize>,
    max_memory: Option<u64>,
    simd: Option<Simd>,
    verify: bool,
}

#[derive(Debug, Default)]
struct State {
    cancelled: AtomicBool,
    phase: AtomicU8,
    done: AtomicU64,
    total: AtomicU64,
    verification: Mutex<Option<Verification>>,
}

impl Job {
    /// A job without limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Uses at most this many threads, and no more than the process sees CPUs. The default is what the process may use:
    /// its affinity, its control group's quota, and in AWS Lambda its share of CPU time.
    #[must_use]
    pub fn with_threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Takes this for the number of CPUs that the process sees and may use, where the library cannot know it, or for a
    /// test of what a machine with so many would do.
    ///
    /// ```
    /// use compute_pi::{Algorithm, Job, digits};
    ///
    /// let job = Job::new().with_cpus(64.try_into().unwrap());
    /// assert_eq!(job.threads(), 64);
    /// # assert_eq!(digits(3, Algorithm::Chudnovsky, &job), Ok(vec![3, 1, 4]));
    /// ```
    #[must_use]
    pub fn with_cpus(mut self, cpus: NonZeroUsize) -> Self {
        self.cpus = Some(cpus);
        self
    }

    /// Refuses a computation whose estimated peak is above this many bytes.
    #[must_use]
    pub fn with_max_memory(mut self, bytes: u64) -> Self {
        self.max_memory = Some(bytes);
        self
    }

    /// Uses the kernels of this instruction set. The default is the best one of the machine; one that the machine
    /// lacks is the same as [`Simd::Portable`].
    #[must_use]
    pub fn with_simd(mut self, simd: Simd) -> Self {
        self.simd = Some(simd);
        self
    }

    /// Proves the digits before they are given, by 6 % (millions of digits) to 12 % (ten thousand) more work; a proof that fails is
    /// [`Error::Verification`].
    ///
    /// The binary fraction that the digits are made from has to end with the hexadecimal digits that Bellard's formula
    /// gives there, as by [`crate::hex_digits`], and the steps that this cannot see, the last one of the
    /// division and the conversion to decimal, have to be right modulo the prime 2^61 − 1. A random error anywhere
    /// goes unnoticed with a probability of about 2^−61. A stream gives its last digits only
    /// when all of them, as they were given, have passed. [`crate::Algorithm::Spigot`]'s digits are held against those of
    /// the other algorithm, modulo the same prime.
    ///
    /// ```
    /// use compute_pi::{Algorithm, Job, digits};
    ///
    /// let job = Job::new().with_verification();
    /// assert_eq!(digits(4, Algorithm::Chudnovsky, &job)?, [3, 1, 4, 1]);
    /// assert!(job.verification().is_some_and(|verification| verification.hex_digits > 20));
    /// # Ok::<(), compute_pi::Error>(())
    /// ```
    #[must_use]
    pub fn with_verification(mut self) -> Self {
        self.verify = true;
        self
    }

    /// How the digits were verified; none before all of them were, or when there are none.
    #[must_use]
    pub fn verification(&self) -> Option<Verification> {
        *self.state.verification.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the computation to stop. It ends within 50 ms with [`Error::Cancelled`].
    pub fn cancel(&self) {
        self.state.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether [`Job::cancel`] was called.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.state.cancelled.load(Ordering::Relaxed)
    }

    /// How far the computation has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let phase = match self.state.phase.load(Ordering::Relaxed) {
            0 => Phase::Series,
            1 => Phase::Division,
            2 => Phase::Conversion,
            _ => Phase::Verification,
        };
        let total = self.state.total.load(Ordering::Relaxed);
        let done = self.state.done.load(Ordering::Relaxed).min(total);
        let fraction = if total == 0 { 0.0 } else { done as f64 / total as f64 };
        Progress { phase, fraction }
    }

    /// The threads that a computation may use: it uses as many of them as its work feeds.
    #[must_use]
    pub fn threads(&self) -> usize {
        match (self.threads, self.cpus) {
            (Some(threads), cpus) => threads.get().min(cpus.map_or_else(threads::visible, NonZeroUsize::get)),
            (None, Some(cpus)) => cpus.get(),
            (None, None) => threads::usable(),
        }
    }

    /// The instruction set that the computation uses.
    #[must_use]
    pub fn simd(&self) -> Simd {
        match self.simd {
            None => Simd::detect(),
            Some(simd) if simd.is_available() => simd,
            Some(_) => Simd::Portable,
        }
    }

    /// Refuses what cannot or must not be computed, before any work.
    pub(crate) fn admit(&self, n: usize, algorithm: Algorithm) -> Result<(), Error> {
        if n > MAX_DIGITS {
            return Err(Error::TooManyDigits { asked: n, max: MAX_DIGITS });
        }
        if let Some(allowed) = self.max_memory {
            let needed = estimate(n, algorithm, self.threads()).memory;
            if needed > allowed {
                return Err(Error::Memory { needed, allowed });
            }
        }
        self.set_verification(None);
        self.check()
    }

    /// Sets the size of the whole computation, in units of the algorithm's choice.
    pub(crate) fn begin(&self, total: u64) {
        self.state.done.store(0, Ordering::Relaxed);
        self.state.total.store(total, Ordering::Relaxed);
        self.enter(Phase::Series);
    }

    /// Whether the digits are to be proved.
    pub(crate) fn verifies(&self) -> bool {
        self.verify
    }

    /// Tells how the digits were verified.
    pub(crate) fn set_verification(&self, verification: Option<Verification>) {
        *self.state.verification.lock().unwrap_or_else(PoisonError::into_inner) = verification;
    }

    /// Enters a phase.
    pub(crate) fn enter(&self, phase: Phase) {
        self.state.phase.store(phase as u8, Ordering::Relaxed);
    }

    /// Counts units of work as done.
    pub(crate) fn advance(&self, units: u64) {
        self.state.done.fetch_add(units, Ordering::Relaxed);
    }

    /// Looks at the cancel switch.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }
}
