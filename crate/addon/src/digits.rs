//! All the digits at once.

use neon::prelude::*;

use crate::arguments::{algorithm, optional_number, shape, whole};
use crate::bytes::{ascii, uint8_array};
use crate::computation::promise;
use crate::memory::{Heap, Shape, peak};
use crate::{job, work};

/// Bytes of an element of an array.
const ELEMENT: u64 = 8;

/// `digits(job, n, algorithm, shape, heapRoom?): Promise<Uint8Array>`, each byte a value from 0 to 9, or for a string a
/// character from `0` to `9`; `heapRoom` is the room in V8's heap for an array, in bytes.
pub fn digits<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsPromise> {
    let (job, n, algorithm, shape) = (job::argument(cx)?, whole(cx, 1)?, algorithm(cx, 2)?, shape(cx, 3)?);
    let heap = optional_number(cx, 4)?.map(|room| Heap { needed: ELEMENT * n as u64, room: room as u64 });
    let options = job.options().clone().with_algorithm(algorithm);
    let ask = job.ask(peak(shape, n, &options), heap, true);
    let compute = {
        let job = job.clone();
        move || {
            let digits = job.digits(n, algorithm)?;
            Ok(if shape == Shape::Text { ascii(digits) } else { digits })
        }
    };
    promise(cx, job, work::of_digits(n, algorithm), Some(ask), compute, uint8_array)
}
