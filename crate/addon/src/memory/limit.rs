//! A limit on memory.

/// Bytes that may be held, and those that are held of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub bytes: u64,
    pub held: u64,
}

impl Limit {
    /// A limit that the process has passed already is none: emulators of Lambda name the function's memory in a process of
    /// their own.
    pub fn is_in_force(&self) -> bool {
        self.held < self.bytes
    }
}
