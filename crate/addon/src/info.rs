//! Answers that need no computation.

use std::num::NonZeroUsize;

use compute_pi::{Options, Simd, hex};
use neon::prelude::*;

use crate::arguments::{algorithm, optional_whole, shape, whole};
use crate::memory::peak;

/// `info(): { version, simd, threads, maxDigits, maxHexPosition, maxHexDigits, maxHexJobs, hexPartVersion }`
pub fn info<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsObject> {
    let object = cx.empty_object();
    object.prop(cx, "version").set(env!("CARGO_PKG_VERSION"))?;
    object.prop(cx, "simd").set(Simd::detect().to_string())?;
    object.prop(cx, "threads").set(Options::new().threads() as f64)?;
    object.prop(cx, "maxDigits").set(compute_pi::MAX_DIGITS as f64)?;
    object.prop(cx, "maxHexPosition").set(hex::MAX_POSITION as f64)?;
    object.prop(cx, "maxHexDigits").set(hex::MAX_COUNT as f64)?;
    object.prop(cx, "maxHexJobs").set(hex::MAX_JOBS as f64)?;
    object.prop(cx, "hexPartVersion").set(hex::PART_VERSION)?;
    Ok(object)
}

/// `estimate(n, algorithm, threads?, shape): number`, the bytes that a call takes at its peak.
pub fn estimate<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsNumber> {
    let (n, algorithm, shape) = (whole(cx, 0)?, algorithm(cx, 1)?, shape(cx, 3)?);
    let mut options = Options::new().with_algorithm(algorithm);
    if let Some(threads) = optional_whole(cx, 2)?.and_then(NonZeroUsize::new) {
        options = options.with_threads(threads);
    }
    Ok(cx.number(peak(shape, n, &options) as f64))
}
