//! Faults for tests: compiled in by the feature `fault-injection`, which no published binary has.

#[cfg(feature = "fault-injection")]
pub use injected::{inject, point};

/// Where a test may ask for a panic; elsewhere, nothing.
#[cfg(not(feature = "fault-injection"))]
pub fn point(_name: &'static str) {}

#[cfg(feature = "fault-injection")]
mod injected {
    use std::sync::{Mutex, PoisonError};

    use neon::prelude::*;

    /// By this text `binary-check` knows a binary that must not be published.
    const MARKER: &str = "neon-boundary fault injection";

    static FAULT: Mutex<Option<String>> = Mutex::new(None);

    /// Panics when this is the point that [`inject`] named.
    #[track_caller]
    pub fn point(name: &'static str) {
        let asked = FAULT.lock().unwrap_or_else(PoisonError::into_inner).as_deref() == Some(name);
        assert!(!asked, "{MARKER}: {name}");
    }

    /// `injectFault(name): void`; a name of no point ends the faults. Functions are points by the names that they are exported
    /// under, beside `work`, `conversion`, `settling` and `thread`.
    ///
    /// # Errors
    ///
    /// When the name is no text.
    pub fn inject<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsUndefined> {
        let name = cx.argument::<JsString>(0)?.value(cx);
        *FAULT.lock().unwrap_or_else(PoisonError::into_inner) = Some(name);
        Ok(cx.undefined())
    }
}
