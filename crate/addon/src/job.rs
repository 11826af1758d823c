//! The handle by which JavaScript cancels a computation and watches it.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use compute_pi::{Algorithm, DigitStream, Error, Handle, Options, Verification};
use neon::prelude::*;

use crate::arguments::{flag, optional_number, optional_whole};
use crate::memory::{self, Ask, Ceiling, Heap, Lease, Told};
use crate::record::{self, Record};

/// The options of a computation, its handle, how its digits were verified, the memory that it may have, and the memory that
/// it has. Clones are the same job.
#[derive(Clone)]
pub struct JobHandle {
    options: Options,
    handle: Handle,
    verification: Arc<Mutex<Option<Verification>>>,
    ceiling: Ceiling,
    told: Told,
    lease: Arc<Mutex<Option<Lease>>>,
    record: Arc<Record>,
}

impl JobHandle {
    pub fn options(&self) -> &Options {
        &self.options
    }

    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Stops the work, and waits for no memory any more.
    pub fn cancel(&self) {
        self.handle.cancel();
        memory::look_again();
    }

    /// The claim of a call that needs so much.
    pub fn ask(&self, needed: u64, heap: Option<Heap>, ends: bool) -> Ask {
        self.record.needs(needed);
        Ask { needed, ceiling: self.ceiling, heap, ends, told: self.told }
    }

    /// Keeps the memory until [`JobHandle::release`].
    pub fn hold(&self, lease: Lease) {
        *self.lease() = Some(lease);
    }

    /// Its memory is held by work that ends soon.
    pub fn will_end(&self) {
        if let Some(lease) = &*self.lease() {
            lease.will_end();
        }
    }

    /// Gives the memory back, but what a computation that has not ended holds.
    pub fn release(&self) {
        let lease = self.lease().take();
        drop(lease);
    }

    fn lease(&self) -> MutexGuard<'_, Option<Lease>> {
        self.lease.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// A stream of the first `n` digits, or of all that fit into memory.
    pub fn stream(&self, n: Option<usize>, algorithm: Algorithm) -> Result<DigitStream, Error> {
        let options = self.options.clone().with_algorithm(algorithm);
        match n {
            Some(n) => DigitStream::new(n, &options),
            None => DigitStream::endless(&options),
        }
    }

    /// The next chunk of a stream of this job.
    pub fn read_chunk(&self, stream: &mut DigitStream, max: usize) -> Result<Vec<u8>, Error> {
        let chunk = stream.read_chunk(max)?;
        self.note(stream.verification());
        Ok(chunk)
    }

    fn note(&self, verification: Option<Verification>) {
        if verification.is_some() {
            *self.verification.lock().unwrap_or_else(PoisonError::into_inner) = verification;
        }
    }
}

impl Finalize for JobHandle {
    /// Nobody waits any more: TypeScript holds the job as long as it waits, so a worker thread was ended.
    fn finalize<'a, C: Context<'a>>(self, _cx: &mut C) {
        self.cancel();
        self.release();
    }
}

/// The job that is the first argument.
pub fn argument(cx: &mut FunctionContext) -> NeonResult<JobHandle> {
    Ok(cx.argument::<JsBox<JobHandle>>(0)?.as_inner().clone())
}

/// `createJob(threads?, verify, maxMemory?, lambda?, machine?, held?): Job`, the last four in bytes.
pub fn create<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsBox<JobHandle>> {
    let handle = Handle::new();
    let mut options = Options::new().with_handle(&handle);
    if let Some(threads) = optional_whole(cx, 0)?.and_then(NonZeroUsize::new) {
        options = options.with_threads(threads);
    }
    if flag(cx, 1)? {
        options = options.with_verification();
    }
    let ceiling = match optional_number(cx, 2)? {
        None => Ceiling::Left,
        Some(bytes) if bytes.is_finite() => Ceiling::Bytes(bytes as u64),
        Some(_) => Ceiling::None,
    };
    let mut bytes = |index| Ok(optional_number(cx, index)?.map(|bytes| bytes as u64));
    let told = Told { lambda: bytes(3)?, machine: bytes(4)?, held: bytes(5)? };
    let (verification, lease, record) = (Arc::default(), Arc::default(), Arc::new(Record::new()));
    Ok(cx.boxed(JobHandle { options, handle, verification, ceiling, told, lease, record }))
}

/// `cancel(job): void`
pub fn cancel<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsUndefined> {
    argument(cx)?.cancel();
    Ok(cx.undefined())
}

/// `release(job): void`: JavaScript has made of the digits what it makes of them.
pub fn release<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsUndefined> {
    argument(cx)?.release();
    Ok(cx.undefined())
}

/// `progress(job): { phase, fraction }`
pub fn progress<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsObject> {
    let progress = argument(cx)?.handle.progress();
    let object = cx.empty_object();
    object.prop(cx, "phase").set(record::name(progress.phase))?;
    object.prop(cx, "fraction").set(progress.fraction)?;
    Ok(object)
}

/// `record(job): { memory, begun, ended, phases }`: [`Record::to_js`].
pub fn record<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsObject> {
    let job = argument(cx)?;
    job.record.to_js(cx, &job.handle)
}

/// `verification(job): { hexPosition, hexDigits } | undefined`
pub fn verification<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsValue> {
    let job = argument(cx)?;
    let Some(verification) = *job.verification.lock().unwrap_or_else(PoisonError::into_inner) else {
        return Ok(cx.undefined().upcast());
    };
    let object = cx.empty_object();
    object.prop(cx, "hexPosition").set(verification.hex_position as f64)?;
    object.prop(cx, "hexDigits").set(verification.hex_digits)?;
    Ok(object.upcast())
}
