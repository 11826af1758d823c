//! Answers that need no computation.

use std::num::NonZeroUsize;

use compute_pi::{Job, Simd};
use neon::prelude::*;

use crate::arguments::{algorithm, optional_whole, whole};

/// `info(): { version, simd, threads, maxDigits, maxHexPosition, maxHexDigits }`
pub fn info(mut cx: FunctionContext) -> JsResult<JsObject> {
    let object = cx.empty_object();
    object.prop(&mut cx, "version").set(env!("CARGO_PKG_VERSION"))?;
    object.prop(&mut cx, "simd").set(Simd::detect().to_string())?;
    object.prop(&mut cx, "threads").set(Job::new().threads() as f64)?;
    object.prop(&mut cx, "maxDigits").set(compute_pi::MAX_DIGITS as f64)?;
    object.prop(&mut cx, "maxHexPosition").set(compute_pi::MAX_HEX_POSITION as f64)?;
    object.prop(&mut cx, "maxHexDigits").set(compute_pi::MAX_HEX_DIGITS as f64)?;
    Ok(object)
}

/// `estimate(n, algorithm, threads?): number`, the bytes needed at the peak.
pub fn estimate(mut cx: FunctionContext) -> JsResult<JsNumber> {
    let n = whole(&mut cx, 0)?;
    let algorithm = algorithm(&mut cx, 1)?;
    let threads = optional_whole(&mut cx, 2)?.and_then(NonZeroUsize::new);
    let threads = threads.map_or_else(|| Job::new().threads(), NonZeroUsize::get);
    Ok(cx.number(compute_pi::estimate(n, algorithm, threads).memory as f64))
}
