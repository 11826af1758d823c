//! Instruction sets: the levels and their detection, and one vector type for each.
//!
//! The kernels above are written once over [`Vector`]; an instruction set only says how its vectors add and multiply.

mod level;
mod line;
pub(crate) mod portable;
mod vector;

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512;
#[cfg(target_arch = "aarch64")]
pub(crate) mod neon;
#[cfg(target_feature = "simd128")]
pub(crate) mod wasm128;

pub use level::Simd;
pub(crate) use line::{Line, doubles, vectors, vectors_mut};
pub(crate) use vector::{EXPONENT, MARGIN, Vector, Window};
