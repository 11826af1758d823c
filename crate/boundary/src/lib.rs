#![doc = include_str!("../README.md")]

mod bytes;
mod export;
mod fault;
mod job;
mod lanes;
mod mapped;
mod node_api;
mod panic;
mod pool;
mod promise;
mod section_bounds;

pub use bytes::uint8_array;
pub use export::{Export, begin, export};
#[cfg(feature = "fault-injection")]
pub use fault::inject as inject_fault;
pub use job::Job;
pub use lanes::Length;
pub use node_api::{collect_garbage, has_external_buffers};
pub use pool::{Call, NoThread, Pool};
pub use promise::{Conversion, Failure, Panicked, Promised, Work, at_once, begun};
