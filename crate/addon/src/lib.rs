//! The Node.js addon: arguments in, promises out.
//!
//! `src/native/addon.ts` holds the other side of this contract: it alone calls what is exported here,
//! with arguments that the TypeScript layer has checked.

mod arguments;
mod boundary;
mod bytes;
mod computation;
mod digits;
mod failure;
mod fault;
mod hex;
mod info;
mod job;
mod lanes;
mod mapped;
mod memory;
mod node_api;
mod panic;
mod record;
mod runtime;
mod section_bounds;
mod stream;
mod work;

use boundary::export;
use compute_pi_allocator::Allocator;
use neon::prelude::*;

#[global_allocator]
static ALLOCATOR: Allocator = Allocator::new();

#[neon::main]
fn main(mut cx: ModuleContext) -> NeonResult<()> {
    panic::note_places();
    boundary::contained(&mut cx, exports).unwrap_or(Ok(()))
}

fn exports(cx: &mut ModuleContext) -> NeonResult<()> {
    // Later there may be none, and the first small block that is refused would end the process.
    if !ALLOCATOR.prepare(compute_pi::Options::new().threads()) {
        return cx.throw_error("there is no memory for the addon's reserve");
    }
    mapped::stay_mapped()
        .or_else(|error| cx.throw_error(format!("the addon cannot stay in memory: {error}")))?;
    node_api::ask_for_external_buffers(cx);
    export(cx, "info", info::info)?;
    export(cx, "estimate", info::estimate)?;
    export(cx, "collectGarbage", node_api::collect_garbage)?;
    export(cx, "createJob", job::create)?;
    export(cx, "cancel", job::cancel)?;
    export(cx, "release", job::release)?;
    export(cx, "progress", job::progress)?;
    export(cx, "record", record::record)?;
    export(cx, "verification", job::verification)?;
    export(cx, "digits", digits::digits)?;
    export(cx, "hexDigits", hex::hex_digits)?;
    export(cx, "hexDigitsPartial", hex::hex_digits_partial)?;
    export(cx, "hexDigitsMerge", hex::hex_digits_merge)?;
    export(cx, "hexDigitsCombine", hex::hex_digits_combine)?;
    export(cx, "hexDigitsPlan", hex::hex_digits_plan)?;
    export(cx, "openStream", stream::open)?;
    export(cx, "nextChunk", stream::next_chunk)?;
    export(cx, "closeStream", stream::close)?;
    #[cfg(feature = "fault-injection")]
    export(cx, "injectFault", fault::inject)?;
    Ok(())
}
