#![doc = include_str!("../README.md")]

mod admission;
mod arith;
mod chudnovsky;
mod digits;
mod estimate;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod growth;
pub mod hex;
#[cfg(test)]
mod oracle;
mod radix;
mod run;
mod simd;
mod spigot;
mod stream;
mod verify;

pub use digits::{Digits, digits};
pub use estimate::{Estimate, MAX_DIGITS, estimate};
pub use growth::Stage;
pub use run::{Algorithm, Check, Error, Handle, Host, Options, Phase, Progress, THREAD_STACK, Turns};
#[cfg(work_and_span)]
#[doc(hidden)]
pub use run::{Schedule, schedule};
pub use simd::Simd;
pub use stream::DigitStream;
pub use verify::Verification;
