//! The reply of a call: bytes and a few numbers, in the module's memory until the next call.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Numbers of a reply.
const NUMBERS: usize = 3;

#[derive(Default)]
struct Reply {
    bytes: Vec<u8>,
    numbers: [f64; NUMBERS],
}

static REPLY: Mutex<Reply> = Mutex::new(Reply { bytes: Vec::new(), numbers: [0.0; NUMBERS] });
static INPUT: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Replies with bytes and numbers.
pub fn give(bytes: Vec<u8>, numbers: [f64; NUMBERS]) -> u32 {
    *lock(&REPLY) = Reply { bytes, numbers };
    0
}

/// Replies with a text.
#[cfg(feature = "engine")]
pub fn text(text: String) -> u32 {
    give(text.into_bytes(), [0.0; NUMBERS])
}

/// Keeps the message of a panic for who asks after the trap.
pub fn panicked(message: &str) {
    give(message.into(), [0.0; NUMBERS]);
}

/// Takes what was written to [`input`].
pub fn take_input() -> Vec<u8> {
    std::mem::take(&mut lock(&INPUT))
}

/// Room for so many bytes of the next call's input.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    let mut input = lock(&INPUT);
    *input = vec![0; length];
    input.as_mut_ptr()
}

/// Where the bytes of the reply are.
#[unsafe(no_mangle)]
pub extern "C" fn reply() -> *const u8 {
    lock(&REPLY).bytes.as_ptr()
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn reply_length() -> usize {
    lock(&REPLY).bytes.len()
}

/// A number of the reply.
#[unsafe(no_mangle)]
pub extern "C" fn reply_number(index: usize) -> f64 {
    lock(&REPLY).numbers[index]
}
