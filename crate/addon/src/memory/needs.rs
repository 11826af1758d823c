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
    let doublings = u64::from(threads.ilog2());
    let most = match doublings {
        1 => 18,
        2..=4 => 20,
        5 => 28,
        more => 25 * more - 116,
    } * MEBIBYTE;
    let above = |mebibytes: u64| allocated.saturating_sub(mebibytes * MEBIBYTE);
    // On so many, most merges of a level are done, and their memory is not given back, when the last ones begin.
    let of_long = match threads {
        0..5 => 0,
        5..9 => (above(100) / 4).min(35 * MEBIBYTE),
        9..32 => (above(120) / 5 * 2).min(50 * MEBIBYTE),
        32.. => 0,
    };
    // Merges that long seldom meet as the engine counts them.
    let chance = match doublings {
        1 => (above(100) / 8).min(8 * MEBIBYTE),
        5 => above(190).min(32 * MEBIBYTE),
        6 => (above(150) / 2).min(6 * MEBIBYTE) + (above(300) / 3).min(52 * MEBIBYTE),
        _ => 0,
    };
    let most = (allocated / 100 * (18 + 24 * doublings.min(6))).min(most) + of_long + MEBIBYTE;
    // Subtrees leave so much for each of their digits, even where the merges above them are counted with little.
    let least = if (9..32).contains(&threads) { 14 * digits.min(14_000_000) } else { 0 };
    most.saturating_sub(chance).max(least.saturating_sub(allocated))
}

/// Most of what is freed that the process has not given back when the computation ends.
fn kept(allocated: u64, threads: u64) -> u64 {
    if threads == 1 {
        return (allocated / 100 * 30).min(24 * MEBIBYTE);
    }
    let doublings = u64::from(threads.ilog2());
    (allocated / 100 * (13 + 7 * doublings.min(6))).min(200 * MEBIBYTE)
}
