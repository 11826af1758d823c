//! The memory of the module, which an engine may refuse to grow.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, Ordering};

/// The allocator of the standard library. It notes refusals: the trap that follows does not say what led to it.
pub struct Noting;

static REFUSED: AtomicBool = AtomicBool::new(false);

impl Noting {
    fn noted(block: *mut u8) -> *mut u8 {
        if block.is_null() {
            REFUSED.store(true, Ordering::Relaxed);
        }
        block
    }
}

// SAFETY: every call is handed on to the allocator of the standard library as it is.
unsafe impl GlobalAlloc for Noting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract is the same.
        Self::noted(unsafe { System.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract is the same.
        Self::noted(unsafe { System.alloc_zeroed(layout) })
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's contract is the same.
        Self::noted(unsafe { System.realloc(block, layout, size) })
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's contract is the same.
        unsafe { System.dealloc(block, layout) }
    }
}

/// 1 where memory was refused.
#[unsafe(no_mangle)]
pub extern "C" fn refused() -> u32 {
    REFUSED.load(Ordering::Relaxed).into()
}
