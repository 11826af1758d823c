//! The engine as a WebAssembly module: numbers in, a reply in the module's memory out.
//!
//! `src/wasm/engine.ts` holds the other side of this contract: it alone calls what is exported here, with arguments that the
//! TypeScript layer has checked. A module has one thread and computes one thing at a time; who wants to cancel it lets go
//! of it. A panic ends in a trap, after which nothing but the [`reply`] and [`memory::refused`] may be asked for.

#![cfg(target_arch = "wasm32")]

#[cfg(feature = "engine")]
mod digits;
mod estimate;
mod failure;
#[cfg(feature = "engine")]
mod hex;
#[cfg(feature = "engine")]
mod host;
#[cfg(feature = "engine")]
mod limits;
mod memory;
mod parts;
mod reply;

#[cfg(feature = "engine")]
use compute_pi::Simd;

use crate::memory::Noting;

#[global_allocator]
static ALLOCATOR: Noting = Noting;

/// To be called first: 1 where this module's kernels work here, or 0, where this engine does not fuse products and
/// sums and another module is to be taken.
#[unsafe(no_mangle)]
pub extern "C" fn start() -> u32 {
    std::panic::set_hook(Box::new(|panic| reply::panicked(&panic.to_string())));
    #[cfg(feature = "engine")]
    return u32::from(Simd::detect() != Simd::Portable);
    #[cfg(not(feature = "engine"))]
    1
}

/// Replies with the name of the level of the kernels.
#[cfg(feature = "engine")]
#[unsafe(no_mangle)]
pub extern "C" fn simd() -> u32 {
    reply::text(Simd::detect().to_string())
}
