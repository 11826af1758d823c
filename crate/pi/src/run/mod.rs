//! One run of a computation: its options and its handle, the means that its parts may use, and the ways in which it
//! can end.

pub(crate) mod allocation;
pub(crate) mod buffers;
mod context;
mod error;
#[cfg(test)]
pub(crate) mod fault;
mod handle;
mod job;
mod lock;
mod options;
pub(crate) mod parallel;
#[cfg(work_and_span)]
mod schedule;
mod team;
pub(crate) mod threads;
mod turns;

pub(crate) use context::{ALWAYS_FRUGAL, Context};
pub use error::{Check, Error};
pub use handle::{Handle, Host, Phase, Progress};
pub(crate) use job::Job;
pub(crate) use lock::lock;
pub use options::{Algorithm, Options};
#[cfg(work_and_span)]
pub use schedule::{Schedule, schedule};
pub use team::THREAD_STACK;
pub use turns::Turns;
