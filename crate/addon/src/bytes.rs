//! Hands bytes to JavaScript, and counts those that were the engine's.

use std::sync::atomic::{AtomicUsize, Ordering};

use neon::prelude::*;

/// The bytes of long blocks that JavaScript has, and that were the engine's.
static HANDED_OVER: AtomicUsize = AtomicUsize::new(0);

/// The bytes of long blocks that the engine has for itself, where the allocator counts them.
pub fn held_by_engine() -> Option<u64> {
    let held = addon_allocator::long_blocks()?;
    Some(held.saturating_sub(HANDED_OVER.load(Ordering::Relaxed)) as u64)
}

/// Bytes that JavaScript has.
struct HandedOver(Vec<u8>);

impl HandedOver {
    fn new(bytes: Vec<u8>) -> Self {
        let bytes = Self(bytes);
        HANDED_OVER.fetch_add(bytes.long(), Ordering::Relaxed);
        bytes
    }

    fn long(&self) -> usize {
        Some(self.0.capacity()).filter(|&bytes| bytes >= addon_allocator::LONG).unwrap_or(0)
    }
}

impl AsMut<[u8]> for HandedOver {
    fn as_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}

impl Drop for HandedOver {
    fn drop(&mut self) {
        HANDED_OVER.fetch_sub(self.long(), Ordering::Relaxed);
    }
}

/// A `Uint8Array` of `bytes`.
pub fn uint8_array<'cx>(cx: &mut Cx<'cx>, bytes: Vec<u8>) -> JsResult<'cx, JsUint8Array> {
    neon_boundary::uint8_array(cx, HandedOver::new(bytes))
}

/// Digits from 0 to 9 as ASCII characters, in place.
pub fn ascii(mut digits: Vec<u8>) -> Vec<u8> {
    digits.iter_mut().for_each(|digit| *digit += b'0');
    digits
}
