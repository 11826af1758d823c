//! The engine as a WebAssembly module: numbers in, a reply in the module's memory out.
//!
//! `src/wasm/module.ts` holds the other side of this contract: it alone calls what is exported here, with arguments that the
//! TypeScript layer has checked. A module has one thread and computes one thing at a time; who wants to cancel it lets go
//! of it. A panic ends in a trap, after which nothing but the [`reply`] and [`memory::refused`] may be asked for.

#![cfg(target_arch = "wasm32")]

mod digits;
mod failure;
mod hex;
mod host;
mod memory;
mod reply;

use compute_pi::{Options, Simd, estimate as engine_estimate};

use crate::digits::algorithm;
use crate::memory::Noting;

#[global_allocator]
static ALLOCATOR: Noting = Noting;

/// To be called first: 1 where this module's kernels work here, or 0, where this engine does not fuse products and
/// sums and another module is to be taken.
#[unsafe(no_mangle)]
pub extern "C" fn start() -> u32 {
    std::panic::set_hook(Box::new(|panic| reply::panicked(&panic.to_string())));
    u32::from(Simd::detect() != Simd::Portable)
}

/// Replies with the name of the level of the kernels.
#[unsafe(no_mangle)]
pub extern "C" fn simd() -> u32 {
    reply::text(Simd::detect().to_string())
}

/// Bytes at the engine's peak, on the one thread that there is.
#[unsafe(no_mangle)]
pub extern "C" fn estimate(n: f64, spigot: u32) -> f64 {
    engine_estimate(n as usize, &Options::new().with_algorithm(algorithm(spigot))).memory as f64
}
