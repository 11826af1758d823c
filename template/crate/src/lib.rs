//! The addon: arguments in, promises out. `src/native.ts` holds the other side of this contract.

mod digest;
mod failure;

use neon::prelude::*;
use neon::types::buffer::TypedArray;
use neon_boundary::{Job, Length, Pool, at_once, begin, export, uint8_array};

/// The threads that calls compute on, each with a stack of two mebibytes.
static POOL: Pool = Pool::new("{{crate}}", 2 << 20);

/// Bytes that one thread digests in a second, about: enough to tell short calls from long ones.
const PER_SECOND: f64 = 2e9;

/// `digest(job, bytes): Promise<Uint8Array>`
fn digest<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsPromise> {
    let job = Job::argument(cx, 0)?;
    // A copy: JavaScript may change its bytes while another thread reads them.
    let bytes = cx.argument::<JsUint8Array>(1)?.as_slice(cx).to_vec();
    let length = Length::of(bytes.len() as f64 / PER_SECOND);
    let work = at_once(move || digest::digest(&bytes, &job));
    POOL.promise(cx, length, work, |cx, digest| uint8_array(cx, digest.to_vec()))
}

/// `version(): string`
fn version<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsString> {
    Ok(cx.string(env!("CARGO_PKG_VERSION")))
}

#[neon::main]
fn main(mut cx: ModuleContext) -> NeonResult<()> {
    begin(&mut cx, |cx| {
        export(cx, "version", version)?;
        export(cx, "createJob", Job::create)?;
        export(cx, "cancel", Job::js_cancel)?;
        export(cx, "progress", Job::js_progress)?;
        export(cx, "digest", digest)
    })
}
