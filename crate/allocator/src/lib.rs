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
use std::ptr::copy_nonoverlapping;

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

    /// Makes the reserve for small blocks now, while there is memory, for so many threads, and tells whether it is there. It
    /// takes addresses only.
    pub fn prepare(&self, threads: usize) -> bool {
        self.reserve.prepare(threads)
    }
}

impl Default for Allocator {
    fn default() -> Self {
        Self::new()
    }
}

// SAFETY: all memory is that of `blocks` and of the reserve, by the caller's layouts; null is what refusals look like.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract.
        self.reserve.guard(layout, || unsafe { blocks::alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract.
        let block = self.reserve.guard(layout, || unsafe { blocks::alloc_zeroed(layout) });
        if self.reserve.owns(block) {
            // SAFETY: the block has that size.
            unsafe { block.write_bytes(0, layout.size()) };
        }
        block
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if self.reserve.owns(pointer) {
            // SAFETY: the caller's contract.
            unsafe { self.reserve.take_back(pointer, layout) };
        } else {
            // SAFETY: the caller's contract.
            unsafe { blocks::dealloc(pointer, layout) }
        }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: by the caller's contract `size` makes a layout with this alignment.
        let new = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        let allocate = || {
            if self.reserve.owns(pointer) {
                // SAFETY: the caller's contract.
                unsafe { blocks::alloc(new) }
            } else {
                // SAFETY: the caller's contract; a refused block stays as it was, and may be asked to grow again.
                unsafe { blocks::realloc(pointer, layout, size) }
            }
        };
        let block = self.reserve.guard(new, allocate);
        // Such blocks do not grow: what was in the old one is still to be moved.
        if !block.is_null() && (self.reserve.owns(pointer) || self.reserve.owns(block)) {
            // SAFETY: two blocks, each at least that long, of which the caller has given up the old one.
            unsafe {
                copy_nonoverlapping(pointer, block, layout.size().min(size));
                self.dealloc(pointer, layout);
            }
        }
        block
    }
}
