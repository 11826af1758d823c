//! The Node.js addon: arguments in, promises out. How they settle is `neon-boundary`'s matter.
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
mod memory;
mod record;
mod stream;
mod work;

use addon_allocator::Allocator;
use neon::prelude::*;
use neon_boundary::{begin, collect_garbage, export};

#[global_allocator]
static ALLOCATOR: Allocator = Allocator::new();

#[neon::main]
fn main(mut cx: ModuleContext) -> NeonResult<()> {
    begin(&mut cx, exports)
}

fn exports(cx: &mut ModuleContext) -> NeonResult<()> {
    // Later there may be none, and the first small block that is refused would end the process.
    if !ALLOCATOR.prepare(compute_pi::Options::new().threads()) {
        return cx.throw_error("there is no memory for the addon's reserve");
    }
    export(cx, "info", info::info)?;
    export(cx, "estimate", info::estimate)?;
    export(cx, "collectGarbage", collect_garbage)?;
    export(cx, "createJob", job::create)?;
    export(cx, "cancel", job::cancel)?;
    export(cx, "release", job::release)?;
    export(cx, "progress", job::progress)?;
    export(cx, "record", job::record)?;
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
    export(cx, "injectFault", neon_boundary::inject_fault)?;
    Ok(())
}
