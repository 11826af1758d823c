//! Shared by the fuzz targets: how bytes become numbers long enough for every algorithm, and num-bigint as the slow
//! and obvious answer.

use compute_pi::Simd;
use compute_pi::fuzzing::Arithmetic;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use num_bigint::BigUint;

/// The longest number, in limbs. Transforms take over at about a hundred.
const LIMBS_MAX: usize = 600;

/// A part of a number. Long ones come from few bytes, so that the fuzzer reaches large sizes with short inputs.
#[derive(Arbitrary, Clone, Debug)]
pub enum Run {
    /// Carries stop here.
    Zeros(u8),
    /// Carries run through.
    Ones(u8),
    /// A limb as the fuzzer chooses it.
    Limb(u64),
    /// Limbs without a pattern.
    Noise {
        /// Their parameters.
        seed: u64,
        /// How many.
        count: u8,
    },
}

/// A number by its parts, the lowest first.
#[derive(Arbitrary, Clone, Debug)]
pub struct Number(Vec<Run>);

impl Number {
    /// At least one limb, at most [`LIMBS_MAX`].
    pub fn limbs(&self) -> Vec<u64> {
        let mut limbs = Vec::new();
        for run in &self.0 {
            match *run {
                Run::Zeros(count) => limbs.resize(limbs.len() + usize::from(count), 0),
                Run::Ones(count) => limbs.resize(limbs.len() + usize::from(count), u64::MAX),
                Run::Limb(limb) => limbs.push(limb),
                Run::Noise { seed, count } => limbs.extend(noise(seed).take(count.into())),
            }
            if limbs.len() > LIMBS_MAX {
                break;
            }
        }
        limbs.truncate(LIMBS_MAX);
        if limbs.is_empty() {
            limbs.push(0);
        }
        limbs
    }

    /// Exactly `count` limbs, by repeating the number.
    pub fn repeated(&self, count: usize) -> Vec<u64> {
        self.limbs().into_iter().cycle().take(count).collect()
    }
}

/// SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, 2014).
fn noise(seed: u64) -> impl Iterator<Item = u64> {
    (1..).map(move |i: u64| {
        let z = seed.wrapping_add(i.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
}

/// Which code is run.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub struct Machine {
    simd: u8,
    two_threads: bool,
}

impl Machine {
    /// One of the instruction sets of this machine, on one thread or two.
    pub fn arithmetic(self) -> Arithmetic {
        let levels: Vec<Simd> = Simd::available().collect();
        Arithmetic::new(levels[usize::from(self.simd) % levels.len()], 1 + usize::from(self.two_threads))
    }
}

/// The number that the limbs are.
pub fn big(limbs: &[u64]) -> BigUint {
    BigUint::from_slice(&limbs.iter().flat_map(|&x| [x as u32, (x >> 32) as u32]).collect::<Vec<_>>())
}

/// B^power with B = 2^64.
pub fn b(power: usize) -> BigUint {
    BigUint::from(1u32) << (64 * power)
}
