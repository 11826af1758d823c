//! One computation, as its parts see it.

use std::time::Duration;

use super::{Error, Handle, Phase, turns};
use crate::simd::Simd;

/// The [`Options`](super::Options) of a computation, settled for this machine, and its handle.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) handle: Handle,
    pub(super) threads: usize,
    pub(super) simd: Simd,
    pub(super) verify: bool,
}

impl Job {
    /// A job with the default options.
    #[cfg(test)]
    pub(crate) fn new() -> Self {
        super::Options::new().job()
    }

    /// The threads that it may use.
    pub(crate) fn threads(&self) -> usize {
        self.threads
    }

    /// The instruction set that it uses.
    pub(crate) fn simd(&self) -> Simd {
        self.simd
    }

    /// Whether the digits are to be proved.
    pub(crate) fn verifies(&self) -> bool {
        self.verify
    }

    /// Whether somebody cancelled it. Meanwhile others may have had their [turn](super::Turns): not to be asked by who holds
    /// what these need.
    pub(crate) fn is_cancelled(&self) -> bool {
        turns::look_around();
        self.handle.is_cancelled()
    }

    /// [`Error::Cancelled`], if somebody cancelled it.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }

    /// Sets the size of the whole computation, in units of the algorithm's choice.
    pub(crate) fn begin(&self, total: u64) {
        self.handle.begin(total);
    }

    /// Enters a phase.
    pub(crate) fn enter(&self, phase: Phase) {
        self.handle.enter(phase);
    }

    /// The time that this thread has computed, which others on its CPU do not lengthen; that of the host's clock, where there
    /// is a host.
    pub(crate) fn time(&self) -> Duration {
        self.handle.time()
    }

    /// The same with another number of threads.
    pub(crate) fn with_threads(&self, threads: usize) -> Self {
        Self { threads, ..self.clone() }
    }

    /// Counts units of work as done.
    pub(crate) fn advance(&self, units: u64) {
        self.handle.advance(units);
    }
}
