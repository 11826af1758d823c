//! The memory that digits need.

use compute_pi::{Algorithm, Options};

/// The algorithm by its number.
pub fn algorithm(spigot: u32) -> Algorithm {
    if spigot == 0 { Algorithm::Chudnovsky } else { Algorithm::Spigot }
}

/// A page of WebAssembly's memory, in bytes.
const PAGE: f64 = 65_536.0;

/// The allocator of a module leaves gaps of less than three quarters as much again.
const WITH_GAPS: f64 = 1.75;

/// By how many bytes a module's memory grows at most for what is allocated at once.
pub fn with_gaps(allocated: u64) -> f64 {
    WITH_GAPS * allocated as f64 + PAGE
}

/// The most that may be allocated at once where the memory of a module may grow by so many bytes.
#[cfg(feature = "engine")]
pub fn without_gaps(memory: f64) -> u64 {
    ((memory - PAGE) / WITH_GAPS) as u64
}

/// Bytes of the module's memory at the engine's peak, on the one thread that there is.
#[unsafe(no_mangle)]
pub extern "C" fn estimate(n: f64, spigot: u32) -> f64 {
    let options = Options::new().with_algorithm(algorithm(spigot));
    with_gaps(compute_pi::estimate(n as usize, &options).memory)
}
