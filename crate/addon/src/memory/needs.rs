//! The most memory that a call takes.

use compute_pi::{Options, estimate};

use crate::node_api;

const MEBIBYTE: u64 = 1 << 20;

/// The shape in which a call gives its digits. Bytes are the engine's own, the others are made from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A `Uint8Array`, or chunks of a stream.
    Bytes,
    /// A string.
    Text,
    /// An array of numbers, eight bytes each, in V8's heap.
    Array,
}

/// The peak of a call: the most that it adds to what the process holds, in bytes.
///
/// The engine tells what it allocates. Blocks shorter than a mebibyte come from the heaps of the C library, one for each
/// thread, which keep some of what was freed between what is in use. The shares here are measured ones: `npm run soak --
/// memory` holds the sum against what Linux says.
pub fn peak(shape: Shape, n: usize, options: &Options) -> u64 {
    let digits = n as u64;
    let allocated = estimate(n, options).memory;
    let heaps = match options.threads() as u64 {
        1 => 0,
        threads => {
            let share = (6 * threads + 2).min(130);
            (allocated / 100 * share).min(4 * MEBIBYTE * threads).min(40 * MEBIBYTE)
        }
    };
    let copy = if node_api::has_external_buffers() { 0 } else { digits };
    let computing = allocated + heaps + MEBIBYTE / 4 + (allocated * 3 / 5).min(9 * MEBIBYTE / 4) + copy;
    // The tables of the transforms and most of the heaps are still there when the result is made of the bytes.
    let kept = (allocated * 9 / 10).min(allocated * 3 / 10 + 24 * MEBIBYTE);
    match shape {
        Shape::Bytes => computing,
        Shape::Text => computing.max(2 * digits + kept + heaps * 3 / 2),
        Shape::Array => {
            // V8 makes room for more young objects beside the array: megabytes at once, from some thousand digits on.
            let crowded = heaps.saturating_sub(allocated / 7) / 2;
            let young = (320 * digits).min(5 * MEBIBYTE) + 16 * digits;
            computing.max(9 * digits + kept + crowded + young.min(8 * MEBIBYTE))
        }
    }
}
