//! Hexadecimal digits from a position on, at once or in parts.

use compute_pi::{HexCut, HexPart, HexRange};
use neon::prelude::*;
use neon::types::JsFloat64Array;

use crate::arguments::{optional_whole, whole};
use crate::computation::promise;
use crate::failure::Failure;
use crate::job;

/// `hexDigits(job, position, count): Promise<string>`
pub fn hex_digits<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsPromise> {
    let (job, position, count) = (job::argument(cx)?, whole(cx, 1)?, whole(cx, 2)?);
    let work = move || compute_pi::hex_digits(position as u64, count, &job);
    promise(cx, work, |cx, digits| Ok(cx.string(digits)))
}

/// `hexDigitsPartial(job, position, count, from, to): Promise<string>`, the part's fraction.
pub fn hex_digits_partial<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsPromise> {
    let job = job::argument(cx)?;
    let position = whole(cx, 1)? as u64;
    let count = whole(cx, 2)?;
    let (from, to) = (whole(cx, 3)? as u64, whole(cx, 4)? as u64);
    let work = move || compute_pi::hex_digits_partial(&HexRange { position, count, from, to }, &job);
    promise(cx, work, |cx, part| Ok(cx.string(part.fraction)))
}

/// `hexDigitsPlan(job, position, count, jobs?, seconds?): Promise<{ terms, seconds, borders }>`, the borders of the
/// jobs a `Float64Array`.
pub fn hex_digits_plan<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsPromise> {
    let job = job::argument(cx)?;
    let position = whole(cx, 1)? as u64;
    let count = whole(cx, 2)?;
    let cut = match optional_whole(cx, 3)? {
        Some(jobs) => HexCut::Jobs(jobs),
        None => HexCut::Seconds(cx.argument::<JsNumber>(4)?.value(cx)),
    };
    let work = move || compute_pi::hex_digits_plan(position, count, cut, &job);
    promise(cx, work, |cx, plan| {
        let ends = plan.ranges.iter().map(|range| range.to as f64);
        let borders: Vec<f64> = std::iter::once(0.0).chain(ends).collect();
        let borders = JsFloat64Array::from_slice(cx, &borders)?;
        let object = cx.empty_object();
        object.prop(cx, "terms").set(plan.terms as f64)?;
        object.prop(cx, "seconds").set(plan.seconds)?;
        object.prop(cx, "borders").set(borders)?;
        Ok(object)
    })
}

/// `hexDigitsMerge(parts): { from, to, fraction }`
pub fn hex_digits_merge<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsObject> {
    let parts = parts(cx)?;
    let part = or_throw(cx, compute_pi::hex_digits_merge(&parts))?;
    let object = cx.empty_object();
    object.prop(cx, "from").set(part.from as f64)?;
    object.prop(cx, "to").set(part.to as f64)?;
    object.prop(cx, "fraction").set(part.fraction)?;
    Ok(object)
}

/// `hexDigitsCombine(parts): { fraction, errorUnits, digits }`
pub fn hex_digits_combine<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsObject> {
    let parts = parts(cx)?;
    let sum = or_throw(cx, compute_pi::hex_digits_combine(&parts))?;
    let object = cx.empty_object();
    object.prop(cx, "fraction").set(sum.fraction)?;
    object.prop(cx, "errorUnits").set(sum.error_units as f64)?;
    object.prop(cx, "digits").set(sum.digits)?;
    Ok(object)
}

/// Reads `{ position, from, to, fraction }[]`.
fn parts(cx: &mut FunctionContext) -> NeonResult<Vec<HexPart>> {
    let parts = cx.argument::<JsArray>(0)?;
    (0..parts.len(cx))
        .map(|index| {
            let part = parts.get::<JsObject, _, _>(cx, index)?;
            Ok(HexPart {
                position: part.prop(cx, "position").get::<f64>()? as u64,
                from: part.prop(cx, "from").get::<f64>()? as u64,
                to: part.prop(cx, "to").get::<f64>()? as u64,
                fraction: part.prop(cx, "fraction").get()?,
            })
        })
        .collect()
}

fn or_throw<T>(cx: &mut FunctionContext, outcome: Result<T, compute_pi::HexPartsError>) -> NeonResult<T> {
    outcome.or_else(|error| {
        let error = Failure::from(error).into_js(cx)?;
        cx.throw(error)
    })
}
