//! All the digits at once.

use neon::prelude::*;

use crate::arguments::{algorithm, whole};
use crate::bytes::{ascii, uint8_array};
use crate::computation::promise;
use crate::job;

/// `digits(job, n, algorithm): Promise<Uint8Array>`, each byte a value from 0 to 9.
pub fn digits<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsPromise> {
    let (job, n, algorithm) = (job::argument(cx)?, whole(cx, 1)?, algorithm(cx, 2)?);
    promise(cx, move || job.digits(n, algorithm), uint8_array)
}

/// `asciiDigits(job, n, algorithm): Promise<Uint8Array>`, each byte a character from `0` to `9`.
pub fn ascii_digits<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsPromise> {
    let (job, n, algorithm) = (job::argument(cx)?, whole(cx, 1)?, algorithm(cx, 2)?);
    promise(cx, move || job.digits(n, algorithm).map(ascii), uint8_array)
}
