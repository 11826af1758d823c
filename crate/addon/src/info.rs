//! Answers that need no computation.

use std::num::NonZeroUsize;

use compute_pi::{Options, Simd, hex};
use neon::prelude::*;

use crate::arguments::{algorithm, optional_whole, whole};

/// `info(): { version, simd, threads, maxDigits, maxHexPosition, maxHexDigits }`
pub fn info<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsObject> {
    let object = cx.empty_object();
    object.prop(cx, "version").set(env!("CARGO_PKG_VERSION"))?;
    object.prop(cx, "simd").set(Simd::detect().to_string())?;
    object.prop(cx, "threads").set(Options::new().threads() as f64)?;
    object.prop(cx, "maxDigits").set(compute_pi::MAX_DIGITS as f64)?;
    object.prop(cx, "maxHexPosition").set(hex::MAX_POSITION as f64)?;
    object.prop(cx, "maxHexDigits").set(hex::MAX_COUNT as f64)?;
    Ok(object)
}

/// `estimate(n, algorithm, threads?): number`, the bytes needed at the peak.
pub fn estimate<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsNumber> {
    let n = whole(cx, 0)?;
    let algorithm = algorithm(cx, 1)?;
    let threads = optional_whole(cx, 2)?.and_then(NonZeroUsize::new);
    let mut options = Options::new().with_algorithm(algorithm);
    if let Some(threads) = threads {
        options = options.with_threads(threads);
    }
    Ok(cx.number(compute_pi::estimate(n, &options).memory as f64))
}
