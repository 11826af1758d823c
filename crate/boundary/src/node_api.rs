//! Two functions of Node-API, past Neon: one whose answer Neon cannot take, and one that it lacks.
//!
//! Electron from 21 on, and Node.js built with V8's sandbox, do not let memory of ours stand behind an `ArrayBuffer`. They
//! say so by a status that Neon's enumeration lacks: a value that must never be read as one of it. So the host is asked
//! once, at load.

use std::ffi::{c_int, c_void};
use std::mem::transmute_copy;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering};

use neon::prelude::*;

/// A byte for the question: it is there as long as the library is, which is never unloaded.
static BYTE: AtomicBool = AtomicBool::new(false);

static ALLOWED: AtomicBool = AtomicBool::new(false);

/// `napi_create_external_arraybuffer`, its status as the number that it is.
type Create = unsafe extern "C" fn(
    env: *mut c_void,
    data: *mut c_void,
    length: usize,
    finalize: Option<unsafe extern "C" fn(*mut c_void, *mut c_void, *mut c_void)>,
    hint: *mut c_void,
    result: *mut *mut c_void,
) -> c_int;

/// `napi_adjust_external_memory`.
type Adjust = unsafe extern "C" fn(env: *mut c_void, change: i64, result: *mut i64) -> c_int;

/// Whether the host lets memory of Rust's stand behind an `ArrayBuffer`, as it said when the addon [began](crate::begin).
#[must_use]
pub fn has_external_buffers() -> bool {
    ALLOWED.load(Ordering::Relaxed)
}

/// Asks the host, by making a buffer of one byte.
pub fn ask_for_external_buffers(cx: &Cx) {
    // SAFETY: the function has this signature since version 1 of Node-API.
    let create: Option<Create> = unsafe { function(b"napi_create_external_arraybuffer\0") };
    let created = create.is_some_and(|create| {
        let mut buffer = null_mut();
        // SAFETY: the environment is that of a context which is at work on this thread, so a handle scope is open; the byte
        // outlives every buffer, and the result is a variable of its type.
        unsafe { create(environment(cx), BYTE.as_ptr().cast(), 1, None, null_mut(), &raw mut buffer) == 0 }
    });
    ALLOWED.store(created, Ordering::Relaxed);
}

/// The `napi_env` behind a context.
fn environment(cx: &Cx) -> *mut c_void {
    const { assert!(size_of::<Cx>() == size_of::<*mut c_void>()) };
    // SAFETY: a `Cx` is a `napi_env` and a marker without a size (Neon 1.1, context/mod.rs); of the same size, it is
    // nothing else. Neon has a way from the one to the other, and none back.
    unsafe { transmute_copy(cx) }
}

/// `collectGarbage(bytes): void` lets V8 believe for a moment that so much memory hangs on its heap, for it has no other way
/// to be asked: at half of the heap's limit it looks at once for what nobody holds any more.
///
/// # Errors
///
/// When `bytes` is no number.
pub fn collect_garbage<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsUndefined> {
    let bytes = cx.argument::<JsNumber>(0)?.value(cx) as i64;
    // SAFETY: the function has this signature since version 1 of Node-API.
    let adjust: Option<Adjust> = unsafe { function(b"napi_adjust_external_memory\0") };
    if let Some(adjust) = adjust {
        for change in [bytes, -bytes] {
            let mut sum = 0;
            // SAFETY: the environment is that of a context which is at work on this thread, and the result is a variable
            // of its type.
            unsafe { adjust(environment(cx), change, &raw mut sum) };
        }
    }
    Ok(cx.undefined())
}

/// A function of the host, looked up where Neon looks up the others.
///
/// # Safety
///
/// The function of this name has the type `F`.
unsafe fn function<F: Copy>(name: &[u8]) -> Option<F> {
    #[cfg(windows)]
    let host = libloading::os::windows::Library::this().ok()?;
    #[cfg(not(windows))]
    let host = libloading::os::unix::Library::this();
    // SAFETY: the caller's contract.
    unsafe { host.get::<F>(name) }.ok().map(|function| *function)
}
