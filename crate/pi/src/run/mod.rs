//! One run of a computation: its job, the means that it may use, and the ways in which it can end.

pub(crate) mod allocation;
pub(crate) mod buffers;
mod context;
mod error;
#[cfg(test)]
pub(crate) mod fault;
mod job;
pub(crate) mod parallel;
pub(crate) mod threads;

pub(crate) use context::Context;
pub use error::{Check, Error};
pub use job::{Job, Phase, Progress};
