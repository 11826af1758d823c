//! The level of a computation as a token.

use std::fmt;

#[cfg(target_arch = "aarch64")]
use super::neon::Neon;
#[cfg(target_feature = "simd128")]
use super::wasm128::Wasm128;
#[cfg(target_arch = "x86_64")]
use super::{Ifma, avx2::Avx2, avx512::Avx512};
use super::{Kernel, Portable, Simd, Vectors, token};

/// A level that this machine has: the token of its instruction set.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Detected {
    /// A module for WebAssembly has one set of kernels: those of its vectors, if it has them.
    #[cfg(not(target_feature = "simd128"))]
    Portable(Portable),
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
    #[cfg(target_arch = "x86_64")]
    Ifma(Ifma),
    #[cfg(target_arch = "aarch64")]
    Neon(Neon),
    #[cfg(target_feature = "simd128")]
    Wasm128(Wasm128),
}

impl Detected {
    /// The fastest level of this machine.
    pub(crate) fn best() -> Self {
        Simd::detect().token()
    }

    /// Does the work with this level's vectors; those of AVX-512IFMA are AVX-512's.
    #[inline]
    pub(crate) fn run<K: Kernel>(self, kernel: K) -> K::Output {
        match self {
            #[cfg(not(target_feature = "simd128"))]
            Self::Portable(simd) => token::run(kernel, simd),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(simd) => simd.run(kernel),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(simd) => simd.run(kernel),
            #[cfg(target_arch = "x86_64")]
            Self::Ifma(simd) => simd.avx512().run(kernel),
            #[cfg(target_arch = "aarch64")]
            Self::Neon(simd) => token::run(kernel, simd),
            #[cfg(target_feature = "simd128")]
            Self::Wasm128(simd) => token::run(kernel, simd),
        }
    }

    /// The level.
    #[inline]
    pub(crate) fn level(self) -> Simd {
        match self {
            #[cfg(not(target_feature = "simd128"))]
            Self::Portable(_) => Simd::Portable,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(_) => Simd::Avx2,
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(_) => Simd::Avx512,
            #[cfg(target_arch = "x86_64")]
            Self::Ifma(_) => Simd::Avx512Ifma,
            #[cfg(target_arch = "aarch64")]
            Self::Neon(_) => Simd::Neon,
            #[cfg(all(target_feature = "simd128", not(target_feature = "relaxed-simd")))]
            Self::Wasm128(_) => Simd::Wasm128,
            #[cfg(target_feature = "relaxed-simd")]
            Self::Wasm128(_) => Simd::WasmRelaxed,
        }
    }

    /// Doubles of a square matrix of its vectors.
    #[inline]
    pub(crate) fn square_points(self) -> usize {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(_) | Self::Ifma(_) => Avx512::LANES * Avx512::LANES,
            _ => Portable::LANES * Portable::LANES,
        }
    }

    /// The next lower level that has vectors of four, for work that is too short for eight.
    #[inline]
    pub(crate) fn with_four_lanes(self) -> Self {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(simd) => Self::Avx2(simd.avx2()),
            #[cfg(target_arch = "x86_64")]
            Self::Ifma(simd) => Self::Avx2(simd.avx512().avx2()),
            four => four,
        }
    }
}

impl fmt::Display for Detected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.level().fmt(f)
    }
}

impl Simd {
    /// The token of the level, if this machine has it.
    #[inline]
    pub(super) fn detected(self) -> Option<Detected> {
        match self {
            #[cfg(not(target_feature = "simd128"))]
            Self::Portable => Some(Detected::Portable(Portable)),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => Avx2::detect().map(Detected::Avx2),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => Avx512::detect().map(Detected::Avx512),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512Ifma => Ifma::detect().map(Detected::Ifma),
            #[cfg(target_arch = "aarch64")]
            Self::Neon => Neon::detect().map(Detected::Neon),
            #[cfg(all(target_feature = "simd128", not(target_feature = "relaxed-simd")))]
            Self::Portable | Self::Wasm128 => Wasm128::detect().map(Detected::Wasm128),
            #[cfg(target_feature = "relaxed-simd")]
            Self::Portable | Self::WasmRelaxed => Wasm128::detect().map(Detected::Wasm128),
            _ => None,
        }
    }

    /// The token of the level, or the portable one where the machine lacks it.
    #[inline]
    pub(crate) fn token(self) -> Detected {
        self.detected().or_else(|| Self::Portable.detected()).expect("an engine that fuses products and sums")
    }
}
