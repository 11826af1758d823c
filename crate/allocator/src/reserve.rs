//! The last megabyte of memory is kept for small things.
//!
//! Rust ends the process when a small allocation is refused, and there is no place that does none. The engine can stand
//! the refusal of a large one. So large ones are refused first: none is made unless a reserve is in place, and the reserve
//! is given back to the system when a small one finds nothing else. Nobody touches it: it takes addresses, but no memory.

use std::alloc::Layout;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering};

use crate::blocks;

/// What the engine takes for large ends far below.
const LARGE: usize = 16 << 10;

const RESERVE: Layout = match Layout::from_size_align(1 << 20, 16) {
    Ok(layout) => layout,
    Err(_) => panic!("a megabyte can be asked for"),
};

/// A megabyte, or nothing.
#[derive(Debug)]
pub(crate) struct Reserve {
    /// Null while it is given back.
    block: AtomicPtr<u8>,
}

impl Reserve {
    pub(crate) const fn new() -> Self {
        Self { block: AtomicPtr::new(null_mut()) }
    }

    /// What `allocate` gets for so many bytes.
    pub(crate) fn guard(&self, size: usize, allocate: impl Fn() -> *mut u8) -> *mut u8 {
        if size >= LARGE && !self.has_reserve() {
            return null_mut();
        }
        let pointer = allocate();
        if pointer.is_null() && size < LARGE && self.give_back() { allocate() } else { pointer }
    }

    /// Whether the reserve is in place, if need be again.
    fn has_reserve(&self) -> bool {
        if !self.block.load(Ordering::Relaxed).is_null() {
            return true;
        }
        // SAFETY: the layout is not empty.
        let new = unsafe { blocks::alloc(RESERVE) };
        self.keep(new);
        !new.is_null()
    }

    /// Keeps a reserve, or gives it back when another thread was quicker.
    fn keep(&self, new: *mut u8) {
        let kept = self.block.compare_exchange(null_mut(), new, Ordering::AcqRel, Ordering::Relaxed);
        if kept.is_err() && !new.is_null() {
            // SAFETY: it comes from this reserve with this layout, and nobody else has seen it.
            unsafe { blocks::dealloc(new, RESERVE) };
        }
    }

    /// Whether there was a reserve to give back.
    fn give_back(&self) -> bool {
        let reserve = self.block.swap(null_mut(), Ordering::AcqRel);
        if !reserve.is_null() {
            // SAFETY: it comes from this reserve with this layout, and the swap has left it to us alone.
            unsafe { blocks::dealloc(reserve, RESERVE) };
        }
        !reserve.is_null()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_allocations_are_made_from_the_reserve_and_large_ones_need_it() {
        let reserve = Reserve::new();
        let block = std::cell::Cell::new(0u8);
        let refused = || null_mut();
        // Without a reserve there is nothing to give back.
        assert!(reserve.guard(1, refused).is_null());
        assert_eq!(reserve.guard(LARGE, || block.as_ptr()), block.as_ptr());
        assert!(!reserve.block.load(Ordering::Relaxed).is_null(), "a large one sees to the reserve");
        // A large one that is refused leaves it alone.
        assert!(reserve.guard(LARGE, refused).is_null());
        // A small one gets it.
        let asked = std::cell::Cell::new(0);
        let second = || {
            asked.set(asked.get() + 1);
            if asked.get() == 2 { block.as_ptr() } else { null_mut() }
        };
        assert_eq!(reserve.guard(1, second), block.as_ptr());
        assert!(reserve.block.load(Ordering::Relaxed).is_null());
        // The next large one puts it back.
        assert!(!reserve.guard(LARGE, || block.as_ptr()).is_null());
        assert!(reserve.give_back());
        assert!(!reserve.give_back());
    }
}
