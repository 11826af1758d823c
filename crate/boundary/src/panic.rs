//! Panics become messages: nothing is written to the host's standard error.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::Once;

thread_local! {
    /// Where this thread panicked last.
    static PLACE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Makes panics silent, and notes their places for [`caught`]. Only Rust code of this library is concerned.
pub fn note_places() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| set_hook(Box::new(|info| PLACE.set(info.location().map(ToString::to_string)))));
}

/// The result of `work`, or the message of its panic with the place.
///
/// # Errors
///
/// The message.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    PLACE.set(None);
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let message = message(payload.as_ref());
        // A panic that another thread handed on has its place there.
        PLACE.take().map_or_else(|| message.to_owned(), |place| format!("{message} ({place})"))
    })
}

fn message(payload: &(dyn Any + Send)) -> &str {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text,
        _ => "no message",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_leaves_its_message() {
        assert_eq!(caught(|| 7), Ok(7));
        assert_eq!(caught(|| panic!("block {} is missing", 7)), Err::<(), _>("block 7 is missing".into()));
        assert_eq!(caught(|| std::panic::panic_any(7)), Err::<(), _>("no message".into()));
    }
}
