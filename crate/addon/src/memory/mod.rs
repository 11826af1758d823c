//! The memory that calls need, and the one account of it that the process keeps.
//!
//! A refusal can be handled, and a killed process cannot: so a call that may take much is admitted first. [`needs`] says
//! the most that it takes, [`limits`] says of how much, and [`account`] adds up the calls that were admitted and have not
//! ended: what they may still take is not there for others.

mod account;
mod control_groups;
mod limit;
mod limits;
mod needs;

pub use account::{Ask, Ceiling, Heap, Lease, Refusal, admit, check, look_again};
pub use limits::Told;
pub use needs::{Shape, peak, peak_of};
