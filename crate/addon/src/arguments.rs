//! Reads JavaScript arguments. TypeScript has checked them: a wrong one here is a defect of the package.

use compute_pi::Algorithm;
use neon::prelude::*;

/// A whole number from 0 to 2^53.
pub fn whole(cx: &mut FunctionContext, index: usize) -> NeonResult<usize> {
    Ok(cx.argument::<JsNumber>(index)?.value(cx) as usize)
}

/// A whole number, or `undefined`.
pub fn optional_whole(cx: &mut FunctionContext, index: usize) -> NeonResult<Option<usize>> {
    let value = cx.argument::<JsValue>(index)?;
    if value.is_a::<JsUndefined, _>(cx) {
        return Ok(None);
    }
    whole(cx, index).map(Some)
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
