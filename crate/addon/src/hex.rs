//! Hexadecimal digits from a position on, at once or in parts.

use compute_pi::Error;
use compute_pi::hex::{self, Cut, DigitSteps, Part, PartSteps, Range};
use neon::prelude::*;
use neon::types::JsFloat64Array;
use neon::types::buffer::TypedArray;
use neon_boundary::{Failure as _, at_once, begun};

use crate::arguments::{optional_whole, whole};
use crate::computation::promise;
use crate::failure::Failure;
use crate::{job, work};

/// Seconds that a plan measures.
const PLANNING: f64 = 0.5;

/// `hexDigits(job, position, count): Promise<string>`
pub fn hex_digits<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsPromise> {
    let (job, position, count) = (job::argument(cx)?, whole(cx, 1)?, whole(cx, 2)?);
    let options = job.options().clone();
    let mut steps = None;
    let compute = move || begun(&mut steps, || DigitSteps::new(position as u64, count, &options))?.step();
    promise(cx, job, work::of_hex_digits(position as u64, count), None, compute, |cx, digits| {
        Ok(cx.string(digits))
    })
}

/// `hexDigitsPartial(job, position, count, from, to): Promise<string>`, the part's fraction.
pub fn hex_digits_partial<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsPromise> {
    let job = job::argument(cx)?;
    let position = whole(cx, 1)? as u64;
    let count = whole(cx, 2)?;
    let (from, to) = (whole(cx, 3)? as u64, whole(cx, 4)? as u64);
    let options = job.options().clone();
    let mut steps = None;
    let compute =
        move || begun(&mut steps, || PartSteps::new(&Range { position, count, from, to }, &options))?.step();
    promise(cx, job, work::of_terms(to.saturating_sub(from), count), None, compute, |cx, part| {
        Ok(cx.string(part.fraction))
    })
}

/// `hexDigitsPlan(job, position, count, jobs?, seconds?): Promise<{ terms, seconds, borders }>`, the borders of the
/// jobs a `Float64Array`.
pub fn hex_digits_plan<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsPromise> {
    let job = job::argument(cx)?;
    let position = whole(cx, 1)? as u64;
    let count = whole(cx, 2)?;
    let cut = match optional_whole(cx, 3)? {
        Some(jobs) => Cut::Jobs(jobs),
        None => Cut::Seconds(cx.argument::<JsNumber>(4)?.value(cx)),
    };
    let options = job.options().clone();
    let compute = at_once(move || hex::plan(position, count, cut, &options));
    promise(cx, job, PLANNING, None, compute, |cx, plan| {
        let mut borders = JsFloat64Array::new(cx, plan.ranges.len() + 1)?;
        for (border, range) in borders.as_mut_slice(cx)[1..].iter_mut().zip(&plan.ranges) {
            *border = range.to as f64;
        }
        let object = cx.empty_object();
        object.prop(cx, "terms").set(plan.terms as f64)?;
        object.prop(cx, "seconds").set(plan.seconds)?;
        object.prop(cx, "borders").set(borders)?;
        Ok(object)
    })
}

/// `hexDigitsMerge(numbers, fractions): { from, to, fraction }`, of parts as [`parts`] reads them.
pub fn hex_digits_merge<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsObject> {
    let parts = parts(cx)?;
    let part = or_throw(cx, hex::merge(&parts))?;
    let object = cx.empty_object();
    object.prop(cx, "from").set(part.from as f64)?;
    object.prop(cx, "to").set(part.to as f64)?;
    object.prop(cx, "fraction").set(part.fraction)?;
    Ok(object)
}

/// `hexDigitsCombine(numbers, fractions): { fraction, errorUnits, digits }`, of parts as [`parts`] reads them.
pub fn hex_digits_combine<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsObject> {
    let parts = parts(cx)?;
    let sum = or_throw(cx, hex::combine(&parts))?;
    let object = cx.empty_object();
    object.prop(cx, "fraction").set(sum.fraction)?;
    object.prop(cx, "errorUnits").set(sum.error_units as f64)?;
    object.prop(cx, "digits").set(sum.digits)?;
    Ok(object)
}

/// The numbers of a part: its position, `from`, `to`, and the length of its fraction.
const NUMBERS: usize = 4;

/// Reads parts: a `Float64Array` with [`NUMBERS`] of each, and their fractions one after the other, as ASCII. Property by
/// property through Node-API, ten thousand parts would hold the event loop for more than ten milliseconds.
fn parts(cx: &mut FunctionContext) -> NeonResult<Vec<Part>> {
    let (numbers, fractions) = (cx.argument::<JsFloat64Array>(0)?, cx.argument::<JsUint8Array>(1)?);
    let read = unpacked(numbers.as_slice(cx), fractions.as_slice(cx));
    or_throw(cx, read)
}

fn unpacked(numbers: &[f64], mut fractions: &[u8]) -> Result<Vec<Part>, Error> {
    let mut parts = Vec::new();
    let count = numbers.len() / NUMBERS;
    let bytes = (count * size_of::<Part>()) as u64;
    parts.try_reserve_exact(count).map_err(|_refused| Error::Allocation { bytes })?;
    for part in numbers.chunks_exact(NUMBERS) {
        let (fraction, rest) = fractions.split_at((part[3] as usize).min(fractions.len()));
        fractions = rest;
        let mut text = String::new();
        let bytes = fraction.len() as u64;
        text.try_reserve_exact(fraction.len()).map_err(|_refused| Error::Allocation { bytes })?;
        // A text of other bytes is no fraction.
        text.push_str(str::from_utf8(fraction).unwrap_or_default());
        parts.push(Part {
            position: part[0] as u64,
            from: part[1] as u64,
            to: part[2] as u64,
            fraction: text,
        });
    }
    Ok(parts)
}

fn or_throw<T>(cx: &mut FunctionContext, outcome: Result<T, impl Into<Failure>>) -> NeonResult<T> {
    outcome.or_else(|error| {
        let error = error.into().into_js(cx)?;
        cx.throw(error)
    })
}
