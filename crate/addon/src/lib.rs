//! The Node.js addon: arguments in, promises out.
//!
//! `src/native/addon.ts` holds the other side of this contract: it alone calls what is exported here,
//! with arguments that the TypeScript layer has checked.

mod arguments;
mod bytes;
mod computation;
mod digits;
mod failure;
mod hex;
mod info;
mod job;
mod mapped;
mod runtime;
mod section_bounds;
mod stream;

use neon::prelude::*;

#[neon::main]
fn main(mut cx: ModuleContext) -> NeonResult<()> {
    mapped::stay_mapped()
        .or_else(|error| cx.throw_error(format!("the addon cannot stay in memory: {error}")))?;
    cx.export_function("info", info::info)?;
    cx.export_function("estimate", info::estimate)?;
    cx.export_function("createJob", job::create)?;
    cx.export_function("cancel", job::cancel)?;
    cx.export_function("progress", job::progress)?;
    cx.export_function("digits", digits::digits)?;
    cx.export_function("asciiDigits", digits::ascii_digits)?;
    cx.export_function("hexDigits", hex::hex_digits)?;
    cx.export_function("hexDigitsPartial", hex::hex_digits_partial)?;
    cx.export_function("hexDigitsMerge", hex::hex_digits_merge)?;
    cx.export_function("hexDigitsCombine", hex::hex_digits_combine)?;
    cx.export_function("hexDigitsPlan", hex::hex_digits_plan)?;
    cx.export_function("openStream", stream::open)?;
    cx.export_function("nextChunk", stream::next_chunk)?;
    cx.export_function("closeStream", stream::close)?;
    Ok(())
}
