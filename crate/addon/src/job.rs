//! The handle by which JavaScript cancels a computation and watches it.

use std::num::NonZeroUsize;

use compute_pi::{Job, Phase};
use neon::prelude::*;

use crate::arguments::{flag, optional_whole};

/// A [`Job`] that JavaScript holds.
pub struct JobHandle(Job);

impl Finalize for JobHandle {
    /// Nobody waits any more: TypeScript holds the job as long as it waits, so a worker thread was ended.
    fn finalize<'a, C: Context<'a>>(self, _cx: &mut C) {
        self.0.cancel();
    }
}

/// The job that is the first argument.
pub fn argument(cx: &mut FunctionContext) -> NeonResult<Job> {
    Ok(cx.argument::<JsBox<JobHandle>>(0)?.0.clone())
}

/// `createJob(threads?, maxMemory?, verify): Job`
pub fn create<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsBox<JobHandle>> {
    let mut job = Job::new();
    if let Some(threads) = optional_whole(cx, 0)?.and_then(NonZeroUsize::new) {
        job = job.with_threads(threads);
    }
    if let Some(bytes) = optional_whole(cx, 1)? {
        job = job.with_max_memory(bytes as u64);
    }
    if flag(cx, 2)? {
        job = job.with_verification();
    }
    Ok(cx.boxed(JobHandle(job)))
}

/// `cancel(job): void`
pub fn cancel<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsUndefined> {
    argument(cx)?.cancel();
    Ok(cx.undefined())
}

/// `progress(job): { phase, fraction }`
pub fn progress<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsObject> {
    let progress = argument(cx)?.progress();
    let phase = match progress.phase {
        Phase::Series => "series",
        Phase::Division => "division",
        Phase::Conversion => "conversion",
        Phase::Verification => "verification",
    };
    let object = cx.empty_object();
    object.prop(cx, "phase").set(phase)?;
    object.prop(cx, "fraction").set(progress.fraction)?;
    Ok(object)
}

/// `verification(job): { hexPosition, hexDigits } | undefined`
pub fn verification<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsValue> {
    let Some(verification) = argument(cx)?.verification() else {
        return Ok(cx.undefined().upcast());
    };
    let object = cx.empty_object();
    object.prop(cx, "hexPosition").set(verification.hex_position as f64)?;
    object.prop(cx, "hexDigits").set(verification.hex_digits)?;
    Ok(object.upcast())
}
