//! The system's memory, of which the last megabyte is kept for small things.
//!
//! Rust ends the process when a small allocation is refused, and there is no place that does none. The engine can stand
//! the refusal of a large one. So large ones are refused first: none is made unless a reserve is in place, and the reserve
//! is given back to the system when a small one finds nothing else. Nobody touches it: it takes addresses, but no memory.

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering};

/// What the engine takes for large ends far below.
const LARGE: usize = 16 << 10;

const RESERVE: Layout = match Layout::from_size_align(1 << 20, 16) {
    Ok(layout) => layout,
    Err(_) => panic!("a megabyte can be asked for"),
};

#[global_allocator]
static ALLOCATOR: Allocator = Allocator { reserve: AtomicPtr::new(null_mut()) };

struct Allocator {
    /// Null while it is given back.
    reserve: AtomicPtr<u8>,
}

impl Allocator {
    /// What `allocate` gets for so many bytes.
    fn guarded(&self, size: usize, allocate: impl Fn() -> *mut u8) -> *mut u8 {
        if size >= LARGE && !self.has_reserve() {
            return null_mut();
        }
        let pointer = allocate();
        if pointer.is_null() && size < LARGE && self.give_back() { allocate() } else { pointer }
    }

    /// Whether the reserve is in place, if need be again.
    fn has_reserve(&self) -> bool {
        if !self.reserve.load(Ordering::Relaxed).is_null() {
            return true;
        }
        // SAFETY: the layout is not empty.
        let new = unsafe { System.alloc(RESERVE) };
        self.keep(new);
        !new.is_null()
    }

    /// Keeps a reserve, or gives it back when another thread was quicker.
    fn keep(&self, new: *mut u8) {
        let kept = self.reserve.compare_exchange(null_mut(), new, Ordering::AcqRel, Ordering::Relaxed);
        if kept.is_err() && !new.is_null() {
            // SAFETY: it comes from this allocator with this layout, and nobody else has seen it.
            unsafe { System.dealloc(new, RESERVE) };
        }
    }

    /// Whether there was a reserve to give back.
    fn give_back(&self) -> bool {
        let reserve = self.reserve.swap(null_mut(), Ordering::AcqRel);
        if !reserve.is_null() {
            // SAFETY: it comes from this allocator with this layout, and the swap has left it to us alone.
            unsafe { System.dealloc(reserve, RESERVE) };
        }
        !reserve.is_null()
    }
}

// SAFETY: all memory is the system's allocator's, by the caller's layouts; null is what refusals look like.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract.
        self.guarded(layout.size(), || unsafe { System.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract.
        self.guarded(layout.size(), || unsafe { System.alloc_zeroed(layout) })
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's contract.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's contract; a refused block stays as it was, and may be asked to grow again.
        self.guarded(size, || unsafe { System.realloc(pointer, layout, size) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_allocations_are_made_from_the_reserve_and_large_ones_need_it() {
        let allocator = Allocator { reserve: AtomicPtr::new(null_mut()) };
        let block = std::cell::Cell::new(0u8);
        let refused = || null_mut();
        // Without a reserve there is nothing to give back.
        assert!(allocator.guarded(1, refused).is_null());
        assert_eq!(allocator.guarded(LARGE, || block.as_ptr()), block.as_ptr());
        assert!(!allocator.reserve.load(Ordering::Relaxed).is_null(), "a large one sees to the reserve");
        // A large one that is refused leaves it alone.
        assert!(allocator.guarded(LARGE, refused).is_null());
        // A small one gets it.
        let asked = std::cell::Cell::new(0);
        let second = || {
            asked.set(asked.get() + 1);
            if asked.get() == 2 { block.as_ptr() } else { null_mut() }
        };
        assert_eq!(allocator.guarded(1, second), block.as_ptr());
        assert!(allocator.reserve.load(Ordering::Relaxed).is_null());
        // The next large one puts it back.
        assert!(!allocator.guarded(LARGE, || block.as_ptr()).is_null());
        assert!(allocator.give_back());
        assert!(!allocator.give_back());
    }
}
