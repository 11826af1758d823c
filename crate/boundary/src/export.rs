//! Keeps panics on this side of the boundary, where a context may end at any moment.
//!
//! `worker.terminate()` runs on another thread. From that moment on Node-API refuses most calls of the worker's thread,
//! wherever it is; Neon takes the refusal for a panic, tries to throw it as a JavaScript exception, is refused again, and
//! aborts the process. So whatever calls into JavaScript goes through [`contained`], and what then cannot be told to
//! a context that has ended is told to nobody.

use neon::prelude::*;

use crate::panic::{caught, note_places};
use crate::{fault, mapped, node_api};

/// A function of an addon.
pub type Export<V> = for<'cx> fn(&mut FunctionContext<'cx>) -> JsResult<'cx, V>;

/// Begins an addon in a context: the whole of what `#[neon::main]` calls. `exports` makes its functions.
///
/// From now on panics of this library print nothing: who waits for the work has their message and place.
///
/// # Errors
///
/// When the library cannot be kept in memory, or `exports` fails.
pub fn begin<'cx>(
    cx: &mut ModuleContext<'cx>,
    exports: impl FnOnce(&mut ModuleContext<'cx>) -> NeonResult<()>,
) -> NeonResult<()> {
    note_places();
    let begun = contained(cx, |cx| {
        mapped::stay_mapped()
            .or_else(|error| cx.throw_error(format!("the addon cannot stay in memory: {error}")))?;
        node_api::ask_for_external_buffers(cx);
        exports(cx)
    });
    begun.unwrap_or(Ok(()))
}

/// Exports `function`; its panics are thrown as errors.
///
/// # Errors
///
/// When the context refuses.
pub fn export<V: Value>(cx: &mut ModuleContext, name: &'static str, function: Export<V>) -> NeonResult<()> {
    cx.export_function(name, move |mut cx| {
        let message = match contained(&mut cx, |cx| {
            fault::point(name);
            function(cx)
        }) {
            Ok(result) => return result.map(|value| value.upcast::<JsValue>()),
            Err(message) => message,
        };
        contained(&mut cx, |cx| cx.throw_error(message)).unwrap_or_else(|_ended| Ok(cx.undefined().upcast()))
    })
}

/// The result of `work`, or the message of its panic. No exception is pending after a panic.
///
/// # Errors
///
/// The message, with the place.
pub fn contained<'cx, C: Context<'cx>, T>(cx: &mut C, work: impl FnOnce(&mut C) -> T) -> Result<T, String> {
    caught(|| work(cx)).inspect_err(|_message| {
        let _cleared = caught(|| cx.try_catch(|_cx| Ok(())).is_ok());
    })
}
