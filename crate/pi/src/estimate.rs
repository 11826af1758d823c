//! What a computation will need, from the same plan that it follows.

use crate::chudnovsky::{self, GUARD_LIMBS};
use crate::{Algorithm, spigot};

/// What a computation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Bytes allocated at the peak, the digits included; an upper bound, and from a thousand digits on
    /// at most a quarter above the truth, but for the few n, within two percent, from which on the transforms'
    /// tables or the method of multiplication are the next larger ones.
    pub memory: u64,
}

/// The needs of [`crate::digits`] for the same arguments.
///
/// They count the tables of the transforms, which stay for the next computation.
///
/// ```
/// use compute_pi::{Algorithm, estimate};
///
/// // Less than 11 bytes a digit.
/// assert!(estimate(10_000_000, Algorithm::Chudnovsky, 1).memory < 110_000_000);
/// ```
#[must_use]
pub fn estimate(n: usize, algorithm: Algorithm, threads: usize) -> Estimate {
    let memory = match algorithm {
        Algorithm::Chudnovsky => chudnovsky::peak(n, GUARD_LIMBS, threads),
        Algorithm::Spigot => spigot::peak(n),
    };
    Estimate { memory: memory as u64 }
}
