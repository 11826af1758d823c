//! All the digits at once.

use compute_pi::{Algorithm, DigitStream, Error};
use neon::prelude::*;
use neon_boundary::{at_once, begun};

use crate::arguments::{algorithm, optional_number, shape, whole};
use crate::bytes::{ascii, uint8_array};
use crate::computation::promise;
use crate::job::JobHandle;
use crate::memory::{Heap, Shape, peak};
use crate::{job, work};

/// Bytes of an element of an array.
const ELEMENT: u64 = 8;

/// Digits of the spigot between two places where others may have a turn: a second's work or less.
const SPIGOT_STEP: usize = 16;

/// `digits(job, n, algorithm, shape, heapRoom?): Promise<Uint8Array>`, each byte a value from 0 to 9, or for a string a
/// character from `0` to `9`; `heapRoom` is the room in V8's heap for an array, in bytes.
pub fn digits<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsPromise> {
    let (job, n, algorithm, shape) = (job::argument(cx)?, whole(cx, 1)?, algorithm(cx, 2)?, shape(cx, 3)?);
    let heap = optional_number(cx, 4)?.map(|room| Heap { needed: ELEMENT * n as u64, room: room as u64 });
    let options = job.options().clone().with_algorithm(algorithm);
    let ask = Some(job.ask(peak(shape, n, &options), heap, true));
    let seconds = work::of_digits(n, algorithm);
    let computing = job.clone();
    let shaped = move |digits| if shape == Shape::Text { ascii(digits) } else { digits };
    if algorithm == Algorithm::Spigot {
        let mut steps = None;
        let compute = move || {
            let steps = begun(&mut steps, || SpigotSteps::new(computing.clone(), n))?;
            Ok(steps.step()?.map(shaped))
        };
        promise(cx, job, seconds, ask, compute, uint8_array)
    } else {
        let compute = at_once(move || computing.digits(n, algorithm).map(shaped));
        promise(cx, job, seconds, ask, compute, uint8_array)
    }
}

/// The spigot's work, in steps: of a million digits it takes hours.
struct SpigotSteps {
    job: JobHandle,
    stream: DigitStream,
    digits: Vec<u8>,
}

impl SpigotSteps {
    fn new(job: JobHandle, n: usize) -> Result<Self, Error> {
        let stream = job.stream(Some(n), Algorithm::Spigot)?;
        let mut digits = Vec::new();
        digits.try_reserve_exact(n).map_err(|_refused| Error::Allocation { bytes: n as u64 })?;
        Ok(Self { job, stream, digits })
    }

    /// Goes on for some time; all digits, once the last of them has come.
    fn step(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let chunk = self.job.read_chunk(&mut self.stream, SPIGOT_STEP)?;
        self.digits.extend_from_slice(&chunk);
        Ok(chunk.is_empty().then(|| std::mem::take(&mut self.digits)))
    }
}
