//! All the digits at once.

use neon::prelude::*;

use crate::arguments::{algorithm, whole};
use crate::bytes::{ascii, uint8_array};
use crate::computation::promise;
use crate::job::JobHandle;

/// `digits(job, n, algorithm): Promise<Uint8Array>`, each byte a value from 0 to 9.
pub fn digits(mut cx: FunctionContext) -> JsResult<JsPromise> {
    let handle = cx.argument::<JsBox<JobHandle>>(0)?;
    let n = whole(&mut cx, 1)?;
    let algorithm = algorithm(&mut cx, 2)?;
    let job = handle.job.clone();
    promise(&mut cx, &handle, move || compute_pi::digits(n, algorithm, &job), uint8_array)
}

/// `asciiDigits(job, n, algorithm): Promise<Uint8Array>`, each byte a character from `0` to `9`.
pub fn ascii_digits(mut cx: FunctionContext) -> JsResult<JsPromise> {
    let handle = cx.argument::<JsBox<JobHandle>>(0)?;
    let n = whole(&mut cx, 1)?;
    let algorithm = algorithm(&mut cx, 2)?;
    let job = handle.job.clone();
    promise(&mut cx, &handle, move || compute_pi::digits(n, algorithm, &job).map(ascii), uint8_array)
}
