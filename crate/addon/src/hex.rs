//! Hexadecimal digits from a position on.

use neon::prelude::*;

use crate::arguments::whole;
use crate::computation::promise;
use crate::job::JobHandle;

/// `hexDigits(job, position, count): Promise<string>`
pub fn hex_digits(mut cx: FunctionContext) -> JsResult<JsPromise> {
    let handle = cx.argument::<JsBox<JobHandle>>(0)?;
    let position = whole(&mut cx, 1)?;
    let count = whole(&mut cx, 2)?;
    let job = handle.job.clone();
    let work = move || compute_pi::hex_digits(position as u64, count, &job);
    promise(&mut cx, &handle, work, |cx, digits| Ok(cx.string(digits)))
}
