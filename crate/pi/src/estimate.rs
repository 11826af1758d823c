//! What a computation will need, from the same plan that it follows.

use crate::Algorithm;

/// What a computation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Bytes allocated at the peak, the digits included; an upper bound.
    pub memory: u64,
}

/// The needs of [`crate::digits`] for the same arguments.
#[must_use]
pub fn estimate(n: usize, algorithm: Algorithm, _threads: usize) -> Estimate {
    let n = n as u64;
    let memory = match algorithm {
        Algorithm::Chudnovsky => 8 * n + 65_536,
        Algorithm::Spigot => 12 * n + 65_536,
    };
    Estimate { memory }
}
