//! Digits in chunks, each asked for by JavaScript; no thread waits between two of them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use compute_pi::{Algorithm, DigitStream, Error, Stage};
use neon::prelude::*;
use neon_boundary::{Failure as _, at_once};

use crate::arguments::{algorithm, count, whole};
use crate::bytes::{ascii, uint8_array};
use crate::computation::promise;
use crate::failure::Failure;
use crate::job::{self, JobHandle};
use crate::memory::{self, Ask, Shape, peak_of};
use crate::work;

/// A stream that a computing thread and JavaScript share; empty when it was closed.
#[derive(Clone)]
pub struct StreamHandle {
    job: JobHandle,
    algorithm: Algorithm,
    /// The digits at the end of the stage that is under way.
    stage: Arc<AtomicUsize>,
    digits: Arc<Mutex<Option<DigitStream>>>,
}

impl Finalize for StreamHandle {}

impl StreamHandle {
    fn new(job: JobHandle, n: Option<usize>, algorithm: Algorithm) -> Result<Self, Failure> {
        let digits = Arc::new(Mutex::new(Some(job.stream(n, algorithm)?)));
        let stream = Self { job, algorithm, stage: Arc::default(), digits };
        if let Some(ask) = stream.next_stage() {
            memory::check(&ask)?;
        }
        Ok(stream)
    }

    /// The claim on memory of the stage that the next chunk begins, if it begins one, for which the claim of the one before is
    /// given up. A stream that ends has a single stage.
    fn next_stage(&self) -> Option<Ask> {
        // Whoever computes at this moment, for a reader that did not wait, begins none.
        let mut digits = self.digits.try_lock().ok()?;
        let digits = digits.as_mut()?;
        digits.plan_stage(|_| true)?;
        self.job.will_end();
        let options = self.job.options().clone().with_algorithm(self.algorithm);
        let claim = |stage: &Stage| {
            self.job.ask(peak_of(Shape::Bytes, stage.digits, stage.memory, &options), None, false)
        };
        let stage = digits.plan_stage(|stage| memory::check(&claim(stage)).is_ok())?;
        self.stage.store(stage.digits, Ordering::Relaxed);
        self.job.release();
        Some(claim(&stage))
    }

    /// The next chunk, as ASCII.
    fn next_chunk(&self, max: usize) -> Result<Vec<u8>, Error> {
        let chunk = match &mut *self.lock() {
            Some(digits) => self.job.read_chunk(digits, max),
            None => Err(Error::Cancelled),
        };
        if self.job.is_cancelled() {
            // `close` came while the stream was locked and left its memory to us.
            self.release();
        }
        chunk.map(ascii)
    }

    fn close(&self) {
        self.job.will_end();
        self.job.cancel();
        self.release();
    }

    /// Frees the digits that are left, and gives their memory back, unless another thread is at work on them.
    fn release(&self) {
        match self.digits.try_lock() {
            Ok(mut digits) => *digits = None,
            Err(TryLockError::Poisoned(digits)) => *digits.into_inner() = None,
            Err(TryLockError::WouldBlock) => return,
        }
        self.job.release();
    }

    fn lock(&self) -> MutexGuard<'_, Option<DigitStream>> {
        self.digits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `openStream(job, n, algorithm): DigitStream`; digits without end where n is infinite.
pub fn open<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsBox<StreamHandle>> {
    let (job, n, algorithm) = (job::argument(cx)?, count(cx, 1)?, algorithm(cx, 2)?);
    match StreamHandle::new(job, n, algorithm) {
        Ok(stream) => Ok(cx.boxed(stream)),
        Err(failure) => {
            let error = failure.into_js(cx)?;
            cx.throw(error)
        }
    }
}

/// `nextChunk(stream, max): Promise<Uint8Array>`, ASCII digits; empty after the last chunk.
pub fn next_chunk<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsPromise> {
    let stream = cx.argument::<JsBox<StreamHandle>>(0)?.as_inner().clone();
    let max = whole(cx, 1)?;
    let job = stream.job.clone();
    let ask = stream.next_stage();
    let digits = stream.stage.load(Ordering::Relaxed);
    let seconds = match ask {
        Some(_) => work::of_digits(digits, stream.algorithm),
        None => work::of_chunk(max, digits, stream.algorithm),
    };
    promise(cx, job, seconds, ask, at_once(move || stream.next_chunk(max)), uint8_array)
}

/// `closeStream(stream): void` stops the work and frees the digits that are left.
pub fn close<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsUndefined> {
    cx.argument::<JsBox<StreamHandle>>(0)?.close();
    Ok(cx.undefined())
}
