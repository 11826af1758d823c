//! The most memory that a call takes.

use compute_pi::{Options, estimate};
use neon_boundary::has_external_buffers;

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
/// thread, which keep some of what was freed between what is in use, how much is a matter of chance. The shares here are
/// measured ones, at 1 to 64 threads: `npm run soak -- memory` holds the sum against what Linux says.
pub fn peak(shape: Shape, n: usize, options: &Options) -> u64 {
    peak_of(shape, n, estimate(n, options).memory, options)
}

/// The same where the engine allocates so much for `n` digits.
pub fn peak_of(shape: Shape, n: usize, allocated: u64, options: &Options) -> u64 {
    let digits = n as u64;
    let threads = options.threads() as u64;
    let heaps = heaps(allocated, threads);
    // Not all that the engine holds at its peak was there before it, and heaps of one thread have gaps, too.
    let gaps = (allocated * 3 / 5).min(3 * MEBIBYTE) + MEBIBYTE * 2 / 5;
    let chance = (allocated / 8)
        .saturating_sub(MEBIBYTE)
        .min(5 * MEBIBYTE)
        .min((256 * MEBIBYTE).saturating_sub(allocated));
    let copy = if has_external_buffers() { 0 } else { digits };
    let computing = allocated + heaps + gaps + chance + copy;
    // Some of what the heaps held is still there when the result is made of the bytes.
    let kept_heaps = heaps - (heaps / 2).min(MEBIBYTE);
    let kept = (allocated / 100 * (25 + 5 * threads).min(60)).min(24 * MEBIBYTE) + kept_heaps + gaps + chance;
    match shape {
        Shape::Bytes => computing,
        Shape::Text => computing.max(2 * digits + kept),
        Shape::Array => {
            // V8 makes room for more young objects beside the array: megabytes at once, from some thousand digits on.
            let young = (320 * digits).min(9 * MEBIBYTE / 2) + 10 * digits;
            computing.max(9 * digits + kept + young.min(17 * MEBIBYTE / 2))
        }
    }
}

/// Most that the heaps of several threads hold beside what is allocated.
fn heaps(allocated: u64, threads: u64) -> u64 {
    if threads == 1 {
        return 0;
    }
    let doublings = u64::from(threads.ilog2());
    let share = if threads < 8 { 7 * threads + 4 } else { 37 * doublings - 40 };
    let of_long = (20 * doublings).saturating_sub(50).min(52);
    let of_first = 5 * doublings.saturating_sub(1);
    let most = (15 * threads / 4).min(14 + threads.min(64) * 7 / 20) * MEBIBYTE
        + allocated / 100 * of_long
        + allocated.min(64 * MEBIBYTE) / 100 * of_first;
    // Of long numbers the engine itself counts a quarter for chance.
    (allocated / 100 * share).min(most).saturating_sub(allocated.saturating_sub(128 * MEBIBYTE) / 16)
}
