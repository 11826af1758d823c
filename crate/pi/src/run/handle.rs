//! The handle by which another thread cancels a computation and watches it.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::lock::lock;

/// The part of a computation that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Phase {
    /// Summing the series.
    Series,
    /// The square root and the division that turn the sum into pi.
    Division,
    /// Turning the binary fraction into decimal digits.
    Conversion,
    /// Checking the binary fraction, with [`Options::with_verification`](crate::Options::with_verification).
    Verification,
}

/// How far a computation has come.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// The part that is under way.
    pub phase: Phase,
    /// The share of the whole computation that is done, from 0 to 1; linear in time.
    pub fraction: f64,
}

/// The surroundings of a computation where it finds none by itself: WebAssembly has no clock, and no second thread that could
/// look at a handle.
pub trait Host: Send + Sync {
    /// Called from the computing thread as the work advances, many times a second.
    fn advanced(&self, progress: Progress);
    /// The time since some moment in the past.
    fn now(&self) -> Duration;
}

/// Cancels a computation and tells its progress.
///
/// Clones are the same handle, so that another thread can hold one. One handle belongs to one computation at a
/// time: what it has cancelled stays cancelled, and the progress is that of the computation that began last.
///
/// ```
/// use compute_pi::{Error, Handle, Options, digits};
///
/// let handle = Handle::new();
/// let options = Options::new().with_handle(&handle);
/// handle.cancel();
/// assert_eq!(digits(1000, &options), Err(Error::Cancelled));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Handle(Arc<State>);

#[derive(Default)]
struct State {
    cancelled: AtomicBool,
    phase: AtomicU8,
    done: AtomicU64,
    total: AtomicU64,
    entered: Mutex<[Option<(Phase, Instant)>; ENTRIES]>,
    host: Option<Box<dyn Host>>,
}

/// The changes of phase that are written down, more than there are but in the rarest cases.
const ENTRIES: usize = 8;

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("cancelled", &self.cancelled).finish_non_exhaustive()
    }
}

impl Handle {
    /// A handle that has cancelled nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A handle of a computation on a host that is told of its progress and asked for the time.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    /// use std::time::{Duration, Instant};
    ///
    /// use compute_pi::{Handle, Host, Options, Progress, digits};
    ///
    /// static CALLS: AtomicU64 = AtomicU64::new(0);
    /// struct Counting(Instant);
    ///
    /// impl Host for Counting {
    ///     fn advanced(&self, _progress: Progress) {
    ///         CALLS.fetch_add(1, Relaxed);
    ///     }
    ///
    ///     fn now(&self) -> Duration {
    ///         self.0.elapsed()
    ///     }
    /// }
    ///
    /// let handle = Handle::on_host(Counting(Instant::now()));
    /// digits(10_000, &Options::new().with_handle(&handle))?;
    /// assert!(CALLS.load(Relaxed) > 0);
    /// # Ok::<(), compute_pi::Error>(())
    /// ```
    #[must_use]
    pub fn on_host(host: impl Host + 'static) -> Self {
        Self(Arc::new(State { host: Some(Box::new(host)), ..State::default() }))
    }

    /// Asks the computation to stop. It ends within 50 ms with [`Error::Cancelled`](crate::Error::Cancelled).
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether [`Handle::cancel`] was called.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// How far the computation has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let phase = match self.0.phase.load(Ordering::Relaxed) {
            0 => Phase::Series,
            1 => Phase::Division,
            2 => Phase::Conversion,
            _ => Phase::Verification,
        };
        let total = self.0.total.load(Ordering::Relaxed);
        let done = self.0.done.load(Ordering::Relaxed).min(total);
        let fraction = if total == 0 { 0.0 } else { done as f64 / total as f64 };
        Progress { phase, fraction }
    }

    /// Sets the size of the whole computation, in units of the algorithm's choice.
    pub(super) fn begin(&self, total: u64) {
        self.0.done.store(0, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
        self.enter(Phase::Series);
    }

    /// The phases that the computation has entered, the first eight, and when. A [`Host`] is told of them instead.
    ///
    /// ```
    /// use compute_pi::{Handle, Options, Phase, digits};
    ///
    /// let handle = Handle::new();
    /// digits(1000, &Options::new().with_handle(&handle))?;
    /// let phases: Vec<Phase> = handle.entered().map(|(phase, _)| phase).collect();
    /// assert_eq!(phases, [Phase::Series, Phase::Division, Phase::Conversion]);
    /// # Ok::<(), compute_pi::Error>(())
    /// ```
    pub fn entered(&self) -> impl Iterator<Item = (Phase, Instant)> + use<> {
        let entered = *lock(&self.0.entered);
        entered.into_iter().flatten()
    }

    pub(super) fn enter(&self, phase: Phase) {
        self.0.phase.store(phase as u8, Ordering::Relaxed);
        if let Some(host) = &self.0.host {
            return host.advanced(self.progress());
        }
        let mut entered = lock(&self.0.entered);
        let count = entered.iter().flatten().count();
        let last = count.checked_sub(1).and_then(|last| entered[last]);
        if last.is_none_or(|(last, _)| last != phase)
            && let Some(free) = entered.get_mut(count)
        {
            *free = Some((phase, Instant::now()));
        }
    }

    pub(super) fn advance(&self, units: u64) {
        self.0.done.fetch_add(units, Ordering::Relaxed);
        if let Some(host) = &self.0.host {
            host.advanced(self.progress());
        }
    }

    /// The time that this thread has computed, or that of the host's clock.
    pub(super) fn time(&self) -> Duration {
        self.0.host.as_ref().map_or_else(thread_time, |host| host.now())
    }
}

/// The time that this thread has computed.
#[cfg(not(target_arch = "wasm32"))]
fn thread_time() -> Duration {
    cpu_time::ThreadTime::now().as_duration()
}

#[cfg(target_arch = "wasm32")]
fn thread_time() -> Duration {
    panic!("WebAssembly has no clock but that of a host: see `Handle::on_host`")
}
