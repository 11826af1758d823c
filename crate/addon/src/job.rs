//! The handle by which JavaScript cancels a computation and watches it.

use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};

use compute_pi::{Algorithm, DigitStream, Error, Handle, Options, Phase, Verification};
use neon::prelude::*;

use crate::arguments::{flag, optional_whole};

/// The options of a computation, its handle, and how its digits were verified. Clones are the same job.
#[derive(Clone)]
pub struct JobHandle {
    options: Options,
    handle: Handle,
    verification: Arc<OnceLock<Verification>>,
}

impl JobHandle {
    pub fn options(&self) -> &Options {
        &self.options
    }

    pub fn cancel(&self) {
        self.handle.cancel();
    }

    pub fn is_cancelled(&self) -> bool {
        self.handle.is_cancelled()
    }

    /// The first `n` digits.
    pub fn digits(&self, n: usize, algorithm: Algorithm) -> Result<Vec<u8>, Error> {
        let digits = compute_pi::digits(n, &self.options.clone().with_algorithm(algorithm))?;
        self.note(digits.verification());
        Ok(digits.into_vec())
    }

    /// A stream of the first `n` digits.
    pub fn stream(&self, n: usize, algorithm: Algorithm) -> Result<DigitStream, Error> {
        DigitStream::new(n, &self.options.clone().with_algorithm(algorithm))
    }

    /// The next chunk of a stream of this job.
    pub fn read_chunk(&self, stream: &mut DigitStream, max: usize) -> Result<Vec<u8>, Error> {
        let chunk = stream.read_chunk(max)?;
        self.note(stream.verification());
        Ok(chunk)
    }

    fn note(&self, verification: Option<Verification>) {
        if let Some(verification) = verification {
            // A job has one computation.
            let _ = self.verification.set(verification);
        }
    }
}

impl Finalize for JobHandle {
    /// Nobody waits any more: TypeScript holds the job as long as it waits, so a worker thread was ended.
    fn finalize<'a, C: Context<'a>>(self, _cx: &mut C) {
        self.handle.cancel();
    }
}

/// The job that is the first argument.
pub fn argument(cx: &mut FunctionContext) -> NeonResult<JobHandle> {
    Ok(cx.argument::<JsBox<JobHandle>>(0)?.as_inner().clone())
}

/// `createJob(threads?, maxMemory?, verify): Job`
pub fn create<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsBox<JobHandle>> {
    let handle = Handle::new();
    let mut options = Options::new().with_handle(&handle);
    if let Some(threads) = optional_whole(cx, 0)?.and_then(NonZeroUsize::new) {
        options = options.with_threads(threads);
    }
    if let Some(bytes) = optional_whole(cx, 1)? {
        options = options.with_max_memory(bytes as u64);
    }
    if flag(cx, 2)? {
        options = options.with_verification();
    }
    Ok(cx.boxed(JobHandle { options, handle, verification: Arc::default() }))
}

/// `cancel(job): void`
pub fn cancel<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsUndefined> {
    argument(cx)?.cancel();
    Ok(cx.undefined())
}

/// `progress(job): { phase, fraction }`
pub fn progress<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsObject> {
    let progress = argument(cx)?.handle.progress();
    let phase = match progress.phase {
        Phase::Series => "series",
        Phase::Division => "division",
        Phase::Conversion => "conversion",
        _ => "verification",
    };
    let object = cx.empty_object();
    object.prop(cx, "phase").set(phase)?;
    object.prop(cx, "fraction").set(progress.fraction)?;
    Ok(object)
}

/// `verification(job): { hexPosition, hexDigits } | undefined`
pub fn verification<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsValue> {
    let Some(verification) = argument(cx)?.verification.get().copied() else {
        return Ok(cx.undefined().upcast());
    };
    let object = cx.empty_object();
    object.prop(cx, "hexPosition").set(verification.hex_position as f64)?;
    object.prop(cx, "hexDigits").set(verification.hex_digits)?;
    Ok(object.upcast())
}
