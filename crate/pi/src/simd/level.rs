//! The levels, as callers name them.

use std::fmt;

/// An instruction set that the engine has kernels for.
///
/// The best one of the machine is used unless [`Options::with_simd`](crate::Options::with_simd) asks for another. All give
/// the same digits.
///
/// ```
/// use compute_pi::Simd;
///
/// assert!(Simd::available().any(|simd| simd == Simd::Portable));
/// println!("{}", Simd::detect());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Simd {
    /// No instructions beyond what the target guarantees.
    Portable,
    /// x86-64 with AVX2, FMA and BMI2: Haswell, Zen and newer.
    Avx2,
    /// x86-64 with AVX-512F, AVX-512BW and AVX-512DQ as well: Skylake servers and newer.
    Avx512,
    /// x86-64 with AVX-512IFMA as well: Ice Lake, Zen 4 and newer.
    Avx512Ifma,
    /// 64-bit Arm, which always has it.
    Neon,
    /// WebAssembly with 128-bit vectors, in a module compiled for them.
    Wasm128,
    /// WebAssembly with relaxed SIMD, in a module compiled for it and an engine that fuses products and sums; in one that
    /// does not, such a module computes nothing: ask [`Simd::is_available`] and take another module.
    WasmRelaxed,
}

impl Simd {
    /// From the slowest to the fastest.
    const ALL: [Self; 7] = [
        Self::Portable,
        Self::Wasm128,
        Self::WasmRelaxed,
        Self::Neon,
        Self::Avx2,
        Self::Avx512,
        Self::Avx512Ifma,
    ];

    /// The fastest level of this machine.
    #[must_use]
    pub fn detect() -> Self {
        Self::available().last().unwrap_or(Self::Portable)
    }

    /// The levels of this machine, from the slowest to the fastest.
    pub fn available() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|simd| simd.is_available())
    }

    /// Whether this machine has the level.
    #[must_use]
    pub fn is_available(self) -> bool {
        self == Self::Portable || self.detected().is_some()
    }

    /// The name in lower case, for reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
            Self::Avx512Ifma => "avx512ifma",
            Self::Neon => "neon",
            Self::Wasm128 => "wasm128",
            Self::WasmRelaxed => "wasm-relaxed",
        }
    }
}

impl fmt::Display for Simd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
