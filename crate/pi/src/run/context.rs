//! The job and its means, passed down by reference.

use crate::run::Job;
use crate::run::buffers::{Buffer, Pool};
use crate::simd::{Detected, Line};

/// A module of WebAssembly never gives back what its memory has grown to: there all computations save it.
pub(crate) const ALWAYS_FRUGAL: bool = cfg!(target_family = "wasm");

/// The job and the means that a part of the computation may use.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    /// Cancellation and progress.
    pub(crate) job: Job,
    /// The instruction set of the kernels.
    pub(crate) simd: Detected,
    /// The threads that this part of the computation may use.
    pub(crate) threads: usize,
    /// Whether to save memory where that takes a little more time.
    pub(crate) frugal: bool,
    /// Memory of transforms.
    pub(crate) points: Pool<Line>,
    /// Memory for numbers.
    pub(crate) limbs: Pool<u64>,
}

impl Context {
    pub(crate) fn new(job: &Job) -> Self {
        Self {
            job: job.clone(),
            simd: job.simd().token(),
            threads: job.threads(),
            frugal: ALWAYS_FRUGAL,
            points: Pool::default(),
            limbs: Pool::default(),
        }
    }

    /// Memory for points with unspecified contents; empty when the job is cancelled.
    pub(crate) fn take_points(&self, lines: usize) -> Buffer<Line> {
        self.points.take(lines, self.threads == 1, &self.job)
    }

    /// Memory for limbs with unspecified contents; empty when the job is cancelled.
    pub(crate) fn take_limbs(&self, limbs: usize) -> Buffer<u64> {
        self.limbs.take(limbs, self.threads == 1, &self.job)
    }

    /// The same that saves memory.
    pub(crate) fn frugal(self) -> Self {
        Self { frugal: true, ..self }
    }

    /// The same with another number of threads; clones share the memory.
    pub(crate) fn with_threads(&self, threads: usize) -> Self {
        Self { threads, ..self.clone() }
    }
}
