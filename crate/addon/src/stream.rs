//! Digits in chunks, each asked for by JavaScript; no thread waits between two of them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use compute_pi::{Algorithm, DigitStream, Error};
use neon::prelude::*;
use neon_boundary::{Failure as _, at_once};

use crate::arguments::{algorithm, whole};
use crate::bytes::{ascii, uint8_array};
use crate::computation::promise;
use crate::failure::Failure;
use crate::job::{self, JobHandle};
use crate::memory::{self, Ask, Shape, peak};
use crate::work;

/// A stream that a computing thread and JavaScript share; empty when it was closed.
#[derive(Clone)]
pub struct StreamHandle {
    job: JobHandle,
    n: usize,
    algorithm: Algorithm,
    /// The claim on memory, of the first chunk.
    ask: Ask,
    digits: Arc<Mutex<Option<DigitStream>>>,
}

impl Finalize for StreamHandle {}

impl StreamHandle {
    fn new(job: JobHandle, n: usize, algorithm: Algorithm) -> Result<Self, Failure> {
        let options = job.options().clone().with_algorithm(algorithm);
        let ask = job.ask(peak(Shape::Bytes, n, &options), None, false);
        memory::check(&ask)?;
        let digits = job.stream(n, algorithm)?;
        Ok(Self { job, n, algorithm, ask, digits: Arc::new(Mutex::new(Some(digits))) })
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

/// `openStream(job, n, algorithm): DigitStream`
pub fn open<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsBox<StreamHandle>> {
    let (job, n, algorithm) = (job::argument(cx)?, whole(cx, 1)?, algorithm(cx, 2)?);
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
    let is_first = !job.is_admitted();
    let seconds = match is_first {
        true => work::of_digits(stream.n, stream.algorithm),
        false => work::of_chunk(max, stream.n, stream.algorithm),
    };
    promise(
        cx,
        job,
        seconds,
        is_first.then_some(stream.ask),
        at_once(move || stream.next_chunk(max)),
        uint8_array,
    )
}

/// `closeStream(stream): void` stops the work and frees the digits that are left.
pub fn close<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsUndefined> {
    cx.argument::<JsBox<StreamHandle>>(0)?.close();
    Ok(cx.undefined())
}
