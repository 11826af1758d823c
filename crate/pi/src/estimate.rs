//! How much memory a computation will need, by the same plan that it follows.

use crate::chudnovsky::{self, GUARD_LIMBS};
use crate::run::{Algorithm, Options};
use crate::spigot;

/// The largest number of digits that can be asked for: 10^9, and 10^8 where addresses have 32 bits.
pub const MAX_DIGITS: usize = if cfg!(target_pointer_width = "64") { 1_000_000_000 } else { 100_000_000 };

/// The needs of a computation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Estimate {
    /// Bytes allocated at the peak, the digits included; an upper bound. On one or two threads, from a thousand digits on,
    /// it is at most a quarter above the truth, but for the few n, within two percent, from which on the transforms'
    /// tables or the method of multiplication are the next larger ones. On more threads it counts that the merges of a level
    /// meet at their peaks, which is a matter of chance: mostly, they take half to four fifths of it.
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
    // A number that cannot be computed is not planned either: its plan may need more addresses than there are.
    let (planned, times) = if n > MAX_DIGITS { (MAX_DIGITS, n.div_ceil(MAX_DIGITS)) } else { (n, 1) };
    let memory = match options.algorithm() {
        Algorithm::Chudnovsky => {
            chudnovsky::peak(planned, GUARD_LIMBS, options.threads(), options.simd().token())
        }
        Algorithm::Spigot => spigot::peak(planned),
    };
    Estimate { memory: (memory as u64).saturating_mul(times as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_computed_needs_more_than_what_can() {
        let options = Options::new();
        let most = estimate(MAX_DIGITS, &options).memory;
        assert!(most > MAX_DIGITS as u64);
        assert!(estimate(MAX_DIGITS + 1, &options).memory > most);
        assert!(estimate(usize::MAX, &options).memory > most);
    }
}
