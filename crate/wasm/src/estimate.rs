//! The memory that digits need.

use compute_pi::{Algorithm, Options};

/// The algorithm by its number.
pub fn algorithm(spigot: u32) -> Algorithm {
    if spigot == 0 { Algorithm::Chudnovsky } else { Algorithm::Spigot }
}

/// A page of WebAssembly's memory, in bytes.
const PAGE: f64 = 65_536.0;

/// Bytes of the module's memory at the engine's peak, on the one thread that there is.
#[unsafe(no_mangle)]
pub extern "C" fn estimate(n: f64, spigot: u32) -> f64 {
    let allocated =
        compute_pi::estimate(n as usize, &Options::new().with_algorithm(algorithm(spigot))).memory;
    // The allocator of a module leaves gaps of less than half as much again.
    1.5 * allocated as f64 + PAGE
}
