//! Hands bytes to JavaScript.

use neon::prelude::*;
use neon::types::buffer::TypedArray;

use crate::external;

/// A `Uint8Array` of `bytes`.
///
/// The memory changes hands without a copy, so that a hundred megabytes cost the event loop nothing, wherever the host
/// allows that.
pub fn uint8_array<'cx>(cx: &mut Cx<'cx>, bytes: Vec<u8>) -> JsResult<'cx, JsUint8Array> {
    if bytes.is_empty() {
        // An empty Vec owns no memory that could change hands.
        return JsUint8Array::new(cx, 0);
    }
    if !external::is_allowed() {
        let mut copy = JsUint8Array::new(cx, bytes.len())?;
        copy.as_mut_slice(cx).copy_from_slice(&bytes);
        return Ok(copy);
    }
    let length = bytes.len();
    let buffer = JsArrayBuffer::external(cx, bytes);
    JsUint8Array::from_region(cx, &buffer.region(0, length))
}

/// Digits from 0 to 9 as ASCII characters, in place.
pub fn ascii(mut digits: Vec<u8>) -> Vec<u8> {
    digits.iter_mut().for_each(|digit| *digit += b'0');
    digits
}
