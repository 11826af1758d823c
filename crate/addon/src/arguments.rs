//! Reads JavaScript arguments. TypeScript has checked them: a wrong one here is a defect of the package.

use compute_pi::Algorithm;
use neon::prelude::*;

use crate::memory::Shape;

/// A whole number from 0 to 2^53.
pub fn whole(cx: &mut FunctionContext, index: usize) -> NeonResult<usize> {
    Ok(cx.argument::<JsNumber>(index)?.value(cx) as usize)
}

/// How many digits are wanted; none where they are to have no end.
pub fn count(cx: &mut FunctionContext, index: usize) -> NeonResult<Option<usize>> {
    let count = cx.argument::<JsNumber>(index)?.value(cx);
    Ok(count.is_finite().then_some(count as usize))
}

/// A whole number, or `undefined`.
pub fn optional_whole(cx: &mut FunctionContext, index: usize) -> NeonResult<Option<usize>> {
    Ok(optional_number(cx, index)?.map(|value| value as usize))
}

/// A number, or `undefined`.
pub fn optional_number(cx: &mut FunctionContext, index: usize) -> NeonResult<Option<f64>> {
    match cx.argument_opt(index).filter(|value| !value.is_a::<JsUndefined, _>(cx)) {
        Some(value) => Ok(Some(value.downcast_or_throw::<JsNumber, _>(cx)?.value(cx))),
        None => Ok(None),
    }
}

/// The shape in which digits are given.
pub fn shape(cx: &mut FunctionContext, index: usize) -> NeonResult<Shape> {
    match cx.argument::<JsString>(index)?.value(cx).as_str() {
        "bytes" => Ok(Shape::Bytes),
        "string" => Ok(Shape::Text),
        "array" => Ok(Shape::Array),
        other => cx.throw_type_error(format!("unknown shape {other:?}")),
    }
}

/// A truth value.
pub fn flag(cx: &mut FunctionContext, index: usize) -> NeonResult<bool> {
    Ok(cx.argument::<JsBoolean>(index)?.value(cx))
}

/// The name of an algorithm.
pub fn algorithm(cx: &mut FunctionContext, index: usize) -> NeonResult<Algorithm> {
    match cx.argument::<JsString>(index)?.value(cx).as_str() {
        "chudnovsky" => Ok(Algorithm::Chudnovsky),
        "spigot" => Ok(Algorithm::Spigot),
        other => cx.throw_type_error(format!("unknown algorithm {other:?}")),
    }
}
