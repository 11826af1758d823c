//! Instruction sets: their detection, and the vectors of each.
//!
//! The kernels above are written once over [`Vectors`]; an instruction set only says how its vectors add and multiply. Each has
//! a token, which nothing but its detection makes. All its operations are asked of the token, so that they are never
//! compiled into a path that a machine without the instructions could take.

mod detected;
mod level;
mod line;
mod portable;
mod token;
mod vectors;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "x86_64")]
mod ifma;
#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(target_feature = "simd128")]
mod wasm128;

#[cfg(target_arch = "x86_64")]
pub(crate) use avx512::Avx512;
pub(crate) use detected::Detected;
#[cfg(target_arch = "x86_64")]
pub(crate) use ifma::{Ifma, IfmaKernel};
pub use level::Simd;
pub(crate) use line::{Line, doubles, vectors, vectors_mut};
pub(crate) use portable::Portable;
pub(crate) use token::Kernel;
pub(crate) use vectors::{EXPONENT, Vectors, WINDOW_MARGIN, Window};
