//! The handle by which JavaScript cancels a computation and watches it.

use std::num::NonZeroUsize;
use std::sync::Arc;

use compute_pi::{Job, Phase};
use neon::prelude::*;
use tokio::sync::Notify;

use crate::arguments::optional_whole;

/// A [`Job`] that can also be cancelled while it waits for its turn.
#[derive(Clone, Default)]
pub struct JobHandle {
    /// What the engine looks at.
    pub job: Job,
    /// Wakes a computation that has not begun.
    pub cancelled: Arc<Notify>,
}

impl JobHandle {
    /// Stops the computation, or keeps it from starting.
    pub fn cancel(&self) {
        self.job.cancel();
        self.cancelled.notify_one();
    }
}

impl Finalize for JobHandle {
    /// Nobody waits any more: TypeScript holds the job as long as it waits, so a worker thread was ended.
    fn finalize<'a, C: Context<'a>>(self, _cx: &mut C) {
        self.cancel();
    }
}

/// `createJob(threads?, maxMemory?): Job`
pub fn create(mut cx: FunctionContext) -> JsResult<JsBox<JobHandle>> {
    let mut job = Job::new();
    if let Some(threads) = optional_whole(&mut cx, 0)?.and_then(NonZeroUsize::new) {
        job = job.with_threads(threads);
    }
    if let Some(bytes) = optional_whole(&mut cx, 1)? {
        job = job.with_max_memory(bytes as u64);
    }
    Ok(cx.boxed(JobHandle { job, cancelled: Arc::default() }))
}

/// `cancel(job): void`
pub fn cancel(mut cx: FunctionContext) -> JsResult<JsUndefined> {
    cx.argument::<JsBox<JobHandle>>(0)?.cancel();
    Ok(cx.undefined())
}

/// `progress(job): { phase, fraction }`
pub fn progress(mut cx: FunctionContext) -> JsResult<JsObject> {
    let progress = cx.argument::<JsBox<JobHandle>>(0)?.job.progress();
    let phase = match progress.phase {
        Phase::Series => "series",
        Phase::Division => "division",
        Phase::Conversion => "conversion",
    };
    let object = cx.empty_object();
    object.prop(&mut cx, "phase").set(phase)?;
    object.prop(&mut cx, "fraction").set(progress.fraction)?;
    Ok(object)
}
