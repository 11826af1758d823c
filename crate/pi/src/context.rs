//! What every level of a computation needs to know, passed down by reference.

use crate::Job;

/// The job and the means that a part of the computation may use.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    /// Cancellation and progress.
    pub(crate) job: Job,
    /// The threads that this part of the computation may use.
    pub(crate) threads: usize,
}

impl Context {
    pub(crate) fn new(job: &Job) -> Self {
        Self { job: job.clone(), threads: job.threads() }
    }
}
