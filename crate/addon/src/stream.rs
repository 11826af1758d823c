//! Digits in chunks, each asked for by JavaScript; no thread waits between two of them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use compute_pi::{Algorithm, DigitStream, Error};
use neon::prelude::*;

use crate::arguments::{algorithm, whole};
use crate::bytes::{ascii, uint8_array};
use crate::computation::promise;
use crate::failure::Failure;
use crate::job::JobHandle;

/// A stream that a computing thread and JavaScript share; empty when it was closed.
#[derive(Clone)]
pub struct StreamHandle {
    handle: JobHandle,
    digits: Arc<Mutex<Option<DigitStream>>>,
}

impl Finalize for StreamHandle {}

impl StreamHandle {
    fn new(handle: JobHandle, n: usize, algorithm: Algorithm) -> Result<Self, Error> {
        let digits = DigitStream::new(n, algorithm, handle.job.clone())?;
        Ok(Self { handle, digits: Arc::new(Mutex::new(Some(digits))) })
    }

    /// The next chunk, as ASCII.
    fn next_chunk(&self, max: usize) -> Result<Vec<u8>, Error> {
        let chunk = match &mut *self.lock() {
            Some(digits) => digits.next_chunk(max),
            None => Err(Error::Cancelled),
        };
        if self.handle.job.is_cancelled() {
            // `close` came while the stream was locked and left its memory to us.
            self.release();
        }
        chunk.map(ascii)
    }

    fn close(&self) {
        self.handle.cancel();
        self.release();
    }

    /// Frees the digits that are left, unless another thread is at work on them.
    fn release(&self) {
        match self.digits.try_lock() {
            Ok(mut digits) => *digits = None,
            Err(TryLockError::Poisoned(digits)) => *digits.into_inner() = None,
            Err(TryLockError::WouldBlock) => {}
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<DigitStream>> {
        self.digits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `openStream(job, n, algorithm): DigitStream`
pub fn open(mut cx: FunctionContext) -> JsResult<JsBox<StreamHandle>> {
    let handle = cx.argument::<JsBox<JobHandle>>(0)?.as_inner().clone();
    let n = whole(&mut cx, 1)?;
    let algorithm = algorithm(&mut cx, 2)?;
    match StreamHandle::new(handle, n, algorithm) {
        Ok(stream) => Ok(cx.boxed(stream)),
        Err(error) => {
            let error = Failure::from(error).into_js(&mut cx)?;
            cx.throw(error)
        }
    }
}

/// `nextChunk(stream, max): Promise<Uint8Array>`, ASCII digits; empty after the last chunk.
pub fn next_chunk(mut cx: FunctionContext) -> JsResult<JsPromise> {
    let stream = cx.argument::<JsBox<StreamHandle>>(0)?.as_inner().clone();
    let max = whole(&mut cx, 1)?;
    let handle = stream.handle.clone();
    promise(&mut cx, &handle, move || stream.next_chunk(max), uint8_array)
}

/// `closeStream(stream): void` stops the work and frees the digits that are left.
pub fn close(mut cx: FunctionContext) -> JsResult<JsUndefined> {
    cx.argument::<JsBox<StreamHandle>>(0)?.close();
    Ok(cx.undefined())
}
