//! How far the stages of an endless stream go.
//!
//! A stage costs what its digits cost at once, but for the part of the series that is there already. Twice as many digits
//! each time are the balance between divisions that are done again and digits that nobody may read.

use crate::chudnovsky::{self, GUARD_LIMBS};
use crate::estimate::MAX_DIGITS;
use crate::run::{Algorithm, Options};
use crate::spigot;

/// The digits of the first stage: they take a fraction of a millisecond. A multiple of a leaf of the conversion, so that its
/// tree is cut where a stage ends.
const FIRST: usize = 4096;

/// The factor from a stage to the next one, the more digits the better.
const FACTORS: [(usize, usize); 4] = [(2, 1), (3, 2), (5, 4), (9, 8)];

/// A piece of the work of a [`DigitStream`](crate::DigitStream), and what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stage {
    /// The digits that the stream will have given when the stage has ended.
    pub digits: usize,
    /// Bytes allocated at its peak: an upper bound.
    pub memory: u64,
}

/// The stages that may follow after so many digits, the longest first; none at the limit of the engine.
pub(crate) fn stages_after(digits: usize, options: &Options) -> impl Iterator<Item = Stage> + use<'_> {
    let next = FACTORS.map(|(by, of)| if digits == 0 { FIRST } else { digits / of * by }.min(MAX_DIGITS));
    next.into_iter().filter(move |&next| next > digits).map(|digits| stage(digits, options))
}

fn stage(digits: usize, options: &Options) -> Stage {
    let memory = match options.algorithm() {
        Algorithm::Chudnovsky => {
            chudnovsky::stage_peak(digits, GUARD_LIMBS, options.threads(), options.simd().token())
        }
        Algorithm::Spigot => spigot::peak(digits),
    };
    Stage { digits, memory: memory as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_double_to_the_limit() {
        let options = Options::new();
        let next = |digits| stages_after(digits, &options).map(|stage| stage.digits).collect::<Vec<_>>();
        assert_eq!(next(0), [FIRST; 4]);
        assert_eq!(next(4096), [8192, 6144, 5120, 4608]);
        assert_eq!(next(MAX_DIGITS - 1), [MAX_DIGITS; 4]);
        assert_eq!(next(MAX_DIGITS), []);
        let memory: Vec<_> = stages_after(1 << 20, &options).map(|stage| stage.memory).collect();
        assert!(memory.is_sorted_by(|a, b| a > b), "{memory:?}");
    }
}
