//! The addon's allocator: the system's, but that large blocks go back to the system at once, and are refused before
//! small ones are.
//!
//! ```
//! # use compute_pi_allocator::Allocator;
//! #[global_allocator]
//! static ALLOCATOR: Allocator = Allocator::new();
//! # fn main() { assert_eq!(vec![7u8; 10 << 20].iter().filter(|&&x| x == 7).count(), 10 << 20); }
//! ```

mod blocks;
mod reserve;

use std::alloc::{GlobalAlloc, Layout};

use reserve::Reserve;

/// The least bytes of a long block.
pub const LONG: usize = blocks::LONG;

/// The bytes of all long blocks that are in use; none where they are not told apart.
#[must_use]
pub fn long_blocks() -> Option<usize> {
    blocks::held()
}

/// An allocator for all of a library's memory, in which a refusal of large blocks can be handled: see
/// `docs/architecture.md`.
#[derive(Debug)]
pub struct Allocator {
    reserve: Reserve,
}

impl Allocator {
    /// An allocator that has nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { reserve: Reserve::new() }
    }
}

impl Default for Allocator {
    fn default() -> Self {
        Self::new()
    }
}

// SAFETY: all memory is that of `blocks`, by the caller's layouts; null is what refusals look like.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract.
        self.reserve.guard(layout.size(), || unsafe { blocks::alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract.
        self.reserve.guard(layout.size(), || unsafe { blocks::alloc_zeroed(layout) })
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's contract.
        unsafe { blocks::dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's contract; a refused block stays as it was, and may be asked to grow again.
        self.reserve.guard(size, || unsafe { blocks::realloc(pointer, layout, size) })
    }
}
