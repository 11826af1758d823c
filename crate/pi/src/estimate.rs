//! How much memory a computation will need, by the same plan that it follows.

use crate::chudnovsky::{self, GUARD_LIMBS};
use crate::run::{Algorithm, Options};
use crate::spigot;

/// What a computation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Estimate {
    /// Bytes allocated at the peak, the digits included; an upper bound, and from a thousand digits on
    /// at most a quarter above the truth, but for the few n, within two percent, from which on the transforms'
    /// tables or the method of multiplication are the next larger ones.
    pub memory: u64,
}

/// The needs of [`crate::digits()`] for the same arguments.
///
/// They count the tables of the transforms, which stay for the next computation.
///
/// ```
/// use compute_pi::{Options, estimate};
///
/// // Less than 11 bytes a digit.
/// assert!(estimate(10_000_000, &Options::new()).memory < 110_000_000);
/// ```
#[must_use]
pub fn estimate(n: usize, options: &Options) -> Estimate {
    let memory = match options.algorithm() {
        Algorithm::Chudnovsky => chudnovsky::peak(n, GUARD_LIMBS, options.threads()),
        Algorithm::Spigot => spigot::peak(n),
    };
    Estimate { memory: memory as u64 }
}
