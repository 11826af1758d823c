//! Memory that only small blocks are made from, when the system has nothing else: a megabyte, and more for many threads.
//!
//! Rust ends the process when a small allocation is refused, and there is no place that does none. The refusal of a large
//! one can be handled, by who asks with `try_reserve`. So large ones are refused first: none is made unless there is a
//! reserve, and small ones are made from it when the system refuses them. It is not given back for them, since whoever is
//! quickest would have it, the stack of a new thread for one. Until then nobody touches it: it takes addresses, but no memory.

use std::alloc::Layout;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::blocks;

/// Blocks from here on are large: they are refused while the reserve is not whole.
const LARGE: usize = 16 << 10;

/// The least reserve.
const SIZE: usize = 1 << 20;

/// The share of each thread: the short blocks that it works with.
const THREAD: usize = 64 << 10;

/// Blocks from this size on can mostly be refused too: none is made from the last half of the reserve.
const MIDDLE: usize = 2 << 10;

const ALIGN: usize = 4096;

/// The reserve, or nothing yet.
#[derive(Debug)]
pub(crate) struct Reserve {
    /// Null until it is made.
    start: AtomicPtr<u8>,
    /// Its bytes, known before its start is, and the same from then on.
    size: AtomicUsize,
    lent: Mutex<Lent>,
}

/// The blocks that were made from the reserve, one after the other, each of a power of two in length.
#[derive(Debug)]
struct Lent {
    blocks: usize,
    /// Bytes from the start of the reserve to the end of the last block.
    end: usize,
    /// For each length the block that came back last, as its place and 1, or 0; it holds the one before it.
    back: [usize; LENGTHS],
}

impl Lent {
    const NONE: Self = Self { blocks: 0, end: 0, back: [0; LENGTHS] };
}

/// The logarithm of the shortest block, and how many lengths there are.
const SHORTEST: u32 = 4;
const LENGTHS: usize = (LARGE.ilog2() - SHORTEST + 1) as usize;

/// The number of a block's length.
fn length(layout: Layout) -> usize {
    let bytes = layout.size().max(layout.align()).max(1 << SHORTEST);
    (bytes.next_power_of_two().ilog2() - SHORTEST) as usize
}

impl Reserve {
    pub(crate) const fn new() -> Self {
        Self { start: AtomicPtr::new(null_mut()), size: AtomicUsize::new(0), lent: Mutex::new(Lent::NONE) }
    }

    /// Makes the reserve for so many threads, unless it is there, and tells whether it is.
    pub(crate) fn prepare(&self, threads: usize) -> bool {
        let size = threads.checked_mul(THREAD).and_then(|shares| shares.checked_add(SIZE));
        size.is_some_and(|size| self.is_ready(size))
    }

    fn size(&self) -> usize {
        self.size.load(Ordering::Acquire)
    }

    /// The block of `allocate`, or a small one from the reserve.
    pub(crate) fn guard(&self, layout: Layout, allocate: impl Fn() -> *mut u8) -> *mut u8 {
        if layout.size() >= LARGE {
            return if self.is_ready(SIZE) { allocate() } else { null_mut() };
        }
        let block = allocate();
        if block.is_null() { self.lend(layout) } else { block }
    }

    /// Whether a block is one of the reserve's.
    pub(crate) fn owns(&self, block: *mut u8) -> bool {
        let start = self.start.load(Ordering::Acquire);
        !start.is_null() && (start.addr()..start.addr() + self.size()).contains(&block.addr())
    }

    /// Takes back a block that is one of the reserve's.
    ///
    /// # Safety
    ///
    /// It was lent by this layout, and nobody uses it any more.
    pub(crate) unsafe fn take_back(&self, block: *mut u8, layout: Layout) {
        let mut lent = self.lent();
        lent.blocks -= 1;
        if lent.blocks == 0 {
            *lent = Lent::NONE;
            return;
        }
        let before = &mut lent.back[length(layout)];
        // SAFETY: blocks are aligned to their length, which is at least that of a word.
        unsafe { block.cast::<usize>().write(*before) };
        *before = block.addr() - self.start.load(Ordering::Acquire).addr() + 1;
    }

    /// Whether there is a reserve, of which enough is free. One of `size` bytes is made where there is none.
    fn is_ready(&self, size: usize) -> bool {
        // Threads that ask at once, for different sizes, make one.
        let lent = self.lent();
        if self.start.load(Ordering::Acquire).is_null() {
            let Ok(layout) = Layout::from_size_align(size, ALIGN) else { return false };
            // SAFETY: the layout is not empty.
            let new = unsafe { blocks::alloc(layout) };
            if new.is_null() {
                return false;
            }
            self.size.store(size, Ordering::Release);
            self.start.store(new, Ordering::Release);
        }
        lent.end <= self.size() / 2
    }

    /// A block of the reserve, if there is room.
    fn lend(&self, layout: Layout) -> *mut u8 {
        let start = self.start.load(Ordering::Acquire);
        let length = length(layout);
        if start.is_null() || length >= LENGTHS || layout.align() > ALIGN {
            return null_mut();
        }
        let mut lent = self.lent();
        let place = match lent.back[length] {
            0 => {
                let bytes = 1 << (length as u32 + SHORTEST);
                let from = lent.end.next_multiple_of(bytes.min(ALIGN));
                let most = if bytes >= MIDDLE { self.size() / 2 } else { self.size() };
                if from + bytes > most {
                    return null_mut();
                }
                lent.end = from + bytes;
                from
            }
            back => {
                // SAFETY: a block that came back holds the one before it, and is nobody's.
                lent.back[length] = unsafe { start.add(back - 1).cast::<usize>().read() };
                back - 1
            }
        };
        lent.blocks += 1;
        // SAFETY: the reserve is that long.
        unsafe { start.add(place) }
    }

    fn lent(&self) -> MutexGuard<'_, Lent> {
        self.lent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(size: usize, align: usize) -> Layout {
        Layout::from_size_align(size, align).unwrap()
    }

    #[test]
    fn small_blocks_are_made_from_the_reserve_and_large_ones_need_it() {
        let reserve = Reserve::new();
        let block = std::cell::Cell::new(0u8);
        let refused = || null_mut();
        // Without a reserve there is nothing to make one from.
        assert!(reserve.guard(layout(1, 1), refused).is_null());
        assert_eq!(reserve.guard(layout(LARGE, 8), || block.as_ptr()), block.as_ptr());
        // A large one that is refused leaves it alone.
        assert!(reserve.guard(layout(LARGE, 8), refused).is_null());
        let layouts = [(1, 1), (100, 8), (100, 8), (64, 64), (LARGE - 1, 4096)];
        let layouts = layouts.map(|(size, align)| layout(size, align));
        let lent = layouts.map(|layout| {
            let lent = reserve.guard(layout, refused);
            assert!(reserve.owns(lent) && lent.addr().is_multiple_of(layout.align()));
            // SAFETY: the block has that size.
            unsafe { lent.write_bytes(7, layout.size()) };
            lent
        });
        // SAFETY: the block is lent.
        assert_eq!(unsafe { lent[0].read() }, 7);
        assert!(!reserve.owns(block.as_ptr()));
        // Those that came back are lent again, the last one first.
        for at in [1, 2] {
            // SAFETY: they were lent by this layout.
            unsafe { reserve.take_back(lent[at], layouts[at]) };
        }
        assert_eq!(reserve.guard(layout(65, 1), refused), lent[2]);
        assert_eq!(reserve.guard(layout(128, 128), refused), lent[1]);
        // When all are back it is whole.
        // SAFETY: as above.
        lent.iter().zip(layouts).for_each(|(&block, layout)| unsafe { reserve.take_back(block, layout) });
        assert_eq!(reserve.guard(layout(8, 8), refused), lent[0]);
    }

    #[test]
    fn what_is_left_of_the_reserve_is_for_small_blocks() {
        let reserve = Reserve::new();
        let refused = || null_mut();
        let block = std::cell::Cell::new(0u8);
        assert!(!reserve.guard(layout(LARGE, 8), || block.as_ptr()).is_null());
        let small = layout(MIDDLE / 2, 8);
        let mut lent = Vec::new();
        loop {
            let next = reserve.guard(small, refused);
            if next.is_null() {
                break;
            }
            lent.push(next);
        }
        assert_eq!(lent.len(), SIZE / small.size());
        assert!(reserve.guard(layout(LARGE, 8), || block.as_ptr()).is_null());
        // SAFETY: they were lent by this layout.
        lent.into_iter().for_each(|block| unsafe { reserve.take_back(block, small) });
        assert!(!reserve.guard(layout(LARGE, 8), || block.as_ptr()).is_null());
    }
    #[test]
    fn the_reserve_is_made_once() {
        let reserve = Reserve::new();
        assert!(!reserve.prepare(usize::MAX) && !reserve.prepare(isize::MAX as usize / THREAD));
        assert!(reserve.prepare(2));
        let made = (reserve.start.load(Ordering::Acquire), reserve.size());
        assert_eq!(made.1, SIZE + 2 * THREAD);
        assert!(reserve.prepare(100));
        assert_eq!((reserve.start.load(Ordering::Acquire), reserve.size()), made);
    }
}
