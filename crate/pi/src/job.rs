//! Cancellation, progress and limits of one computation.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

use crate::{Algorithm, Error, MAX_DIGITS, Simd, estimate, threads};

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
    max_memory: Option<u64>,
    simd: Option<Simd>,
}

#[derive(Debug, Default)]
struct State {
    cancelled: AtomicBool,
    phase: AtomicU8,
    done: AtomicU64,
    total: AtomicU64,
}

impl Job {
    /// A job without limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Uses at most this many threads. The default is what the process may use: its affinity, its control
    /// group's quota, and in AWS Lambda its share of CPU time.
    #[must_use]
    pub fn with_threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
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
            _ => Phase::Conversion,
        };
        let total = self.state.total.load(Ordering::Relaxed);
        let done = self.state.done.load(Ordering::Relaxed).min(total);
        let fraction = if total == 0 { 0.0 } else { done as f64 / total as f64 };
        Progress { phase, fraction }
    }

    /// The threads that the computation uses.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.threads.map_or_else(threads::usable, NonZeroUsize::get)
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
        self.check()
    }

    /// Sets the size of the whole computation, in units of the algorithm's choice.
    pub(crate) fn begin(&self, total: u64) {
        self.state.done.store(0, Ordering::Relaxed);
        self.state.total.store(total, Ordering::Relaxed);
        self.enter(Phase::Series);
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
