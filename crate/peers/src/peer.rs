//! The libraries that are compared.

mod flint;
mod ours;

pub use flint::HAS_FFT_SMALL;

/// One library, one way of computing pi.
pub struct Peer {
    /// Its name on the command line and in the table.
    pub name: &'static str,
    /// The first n digits as text, leading 3 included, by so many threads.
    pub digits: fn(n: usize, threads: usize) -> Vec<u8>,
}

/// All of them.
pub const PEERS: &[Peer] =
    &[Peer { name: "ours", digits: ours::digits }, Peer { name: "flint", digits: flint::digits }];
