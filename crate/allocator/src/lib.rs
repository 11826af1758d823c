#![doc = include_str!("../README.md")]

mod blocks;
mod reserve;

use std::alloc::{GlobalAlloc, Layout};
use std::ptr::copy_nonoverlapping;

use reserve::Reserve;

/// The least bytes of a long block, which is pages of its own on Linux.
///
/// Blocks that are aligned to more than 4,096 bytes are never long.
pub const LONG: usize = blocks::LONG;

/// The bytes of all long blocks that are in use, as long as they were asked for, or `None` on other systems than Linux, where
/// nobody counts them.
///
/// The reserve of an [`Allocator`] is one of them, once it is made.
///
/// ```
/// use addon_allocator::{Allocator, LONG, long_blocks};
///
/// #[global_allocator]
/// static ALLOCATOR: Allocator = Allocator::new();
///
/// # fn main() {
/// assert!(ALLOCATOR.prepare(1));
/// let before = long_blocks();
/// let block = vec![1u8; 2 * LONG];
/// assert_eq!(long_blocks(), before.map(|bytes| bytes + 2 * LONG));
/// drop(block);
/// assert_eq!(long_blocks(), before);
/// # }
/// ```
#[must_use]
pub fn long_blocks() -> Option<usize> {
    blocks::held()
}

/// An allocator for all memory of a library or a program, in which a refusal of large blocks can be handled.
///
/// One is meant for `#[global_allocator]`: each has a reserve of its own, and they share the count of long blocks.
///
/// ```
/// #[global_allocator]
/// static ALLOCATOR: addon_allocator::Allocator = addon_allocator::Allocator::new();
///
/// # fn main() {
/// let mut bytes = vec![7u8; 10 << 20];
/// bytes.resize(20 << 20, 8);
/// assert_eq!(bytes.iter().filter(|&&byte| byte == 7).count(), 10 << 20);
/// # }
/// ```
#[derive(Debug)]
pub struct Allocator {
    reserve: Reserve,
}

impl Allocator {
    /// An allocator that has nothing yet: its reserve is made by [`prepare`](Self::prepare), or for no thread before the
    /// first block of 16 KiB or more.
    #[must_use]
    pub const fn new() -> Self {
        Self { reserve: Reserve::new() }
    }

    /// Makes the reserve for small blocks now, while there is memory, for so many threads, and tells whether it is there, half
    /// of it or more unused.
    ///
    /// It has 1 MiB, and 64 KiB for each thread. Once it is made it keeps that size. On Linux it takes addresses, and memory
    /// only as far as it is used.
    ///
    /// ```
    /// # use addon_allocator::Allocator;
    /// let allocator = Allocator::new();
    /// assert!(!allocator.prepare(usize::MAX));
    /// assert!(allocator.prepare(8));
    /// ```
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
