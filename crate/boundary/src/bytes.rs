//! Hands bytes to JavaScript.

use neon::prelude::*;
use neon::types::buffer::TypedArray;

use crate::node_api;

/// A `Uint8Array` of `bytes`.
///
/// The memory changes hands without a copy, so that a hundred megabytes cost the event loop nothing, wherever the host
/// allows that. V8 drops `bytes` when nobody holds the array any more.
///
/// # Errors
///
/// When V8 has no room.
pub fn uint8_array<'cx, B>(cx: &mut Cx<'cx>, mut bytes: B) -> JsResult<'cx, JsUint8Array>
where
    B: AsMut<[u8]> + Send + 'static,
{
    let length = bytes.as_mut().len();
    if length == 0 {
        // Nothing that could change hands.
        return JsUint8Array::new(cx, 0);
    }
    if !node_api::has_external_buffers() {
        let mut copy = JsUint8Array::new(cx, length)?;
        copy.as_mut_slice(cx).copy_from_slice(bytes.as_mut());
        return Ok(copy);
    }
    let buffer = JsArrayBuffer::external(cx, bytes);
    JsUint8Array::from_region(cx, &buffer.region(0, length))
}
