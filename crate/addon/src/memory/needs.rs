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
    let heaps = heaps(digits, allocated, threads);
    let copy = if has_external_buffers() { 0 } else { digits };
    let computing = allocated + heaps + copy;
    // Some of what was freed is still there when the result is made of the bytes.
    let kept = kept(allocated, threads) + heaps;
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

/// Most that the heaps hold beside what is allocated at the peak.
fn heaps(digits: u64, allocated: u64, threads: u64) -> u64 {
    if threads == 1 {
        // Not all that the engine holds at its peak was there before it, and a heap has gaps.
        let gaps = (allocated * 3 / 5).min(3 * MEBIBYTE) + MEBIBYTE * 2 / 5;
        let chance = (allocated / 8)
            .saturating_sub(MEBIBYTE)
            .min(5 * MEBIBYTE)
            .min((256 * MEBIBYTE).saturating_sub(allocated));
        return gaps + chance;
    }
    let millions = digits as f64 / 1e6;
    // Subtrees leave something in the heap of each thread that worked on them.
    let left = match threads {
        2 => (allocated as f64 / MEBIBYTE as f64 * 0.6).min(16.0),
        3..5 => (3.8 * millions).min(8.0 * threads as f64),
        _ => {
            let short = (millions / 5.0).powf(0.4).min(1.0);
            20.4 * millions.sqrt() * short * (threads.min(52) as f64 / 16.0).powf(0.45)
        }
    };
    ((left + 1.5) * MEBIBYTE as f64) as u64
}

/// Most of what is freed that the process has not given back when the computation ends.
fn kept(allocated: u64, threads: u64) -> u64 {
    if threads == 1 {
        return (allocated / 100 * 30).min(24 * MEBIBYTE);
    }
    let doublings = u64::from(threads.ilog2());
    (allocated / 100 * (13 + 4 * doublings.min(6))).min(200 * MEBIBYTE)
}
