//! The memory that digits need.

use compute_pi::{Algorithm, Options};

/// The algorithm by its number.
pub fn algorithm(spigot: u32) -> Algorithm {
    if spigot == 0 { Algorithm::Chudnovsky } else { Algorithm::Spigot }
}

/// Bytes at the engine's peak, on the one thread that there is.
#[unsafe(no_mangle)]
pub extern "C" fn estimate(n: f64, spigot: u32) -> f64 {
    compute_pi::estimate(n as usize, &Options::new().with_algorithm(algorithm(spigot))).memory as f64
}
