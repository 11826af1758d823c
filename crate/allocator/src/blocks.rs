//! Blocks of the system's allocator; on Linux, long ones are pages of their own.
//!
//! glibc keeps what is freed between what is in use, in one heap for each thread, and with time it serves ever longer
//! blocks from there: a process with a few threads came to hold twice its peak. Pages of their own go back to the system when
//! they are freed, so that a process holds what is allocated and little else, and they grow without a copy. Only their
//! first touch costs something, which is why shorter blocks are left to the heap, where they are used again.

/// Blocks from this size on are pages of their own.
pub(crate) const LONG: usize = 1 << 20;

pub(crate) use long::{alloc, alloc_zeroed, dealloc, held, realloc};

#[cfg(not(target_os = "linux"))]
mod long {
    use std::alloc::{GlobalAlloc, Layout, System};

    /// Nobody counts.
    pub(crate) fn held() -> Option<usize> {
        None
    }

    /// As [`GlobalAlloc::alloc`].
    pub(crate) unsafe fn alloc(layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract.
        unsafe { System.alloc(layout) }
    }

    /// As [`GlobalAlloc::alloc_zeroed`].
    pub(crate) unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract.
        unsafe { System.alloc_zeroed(layout) }
    }

    /// As [`GlobalAlloc::dealloc`].
    pub(crate) unsafe fn dealloc(pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's contract.
        unsafe { System.dealloc(pointer, layout) }
    }

    /// As [`GlobalAlloc::realloc`].
    pub(crate) unsafe fn realloc(pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's contract.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[cfg(target_os = "linux")]
mod long {
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::ptr::{copy_nonoverlapping, null_mut};
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::LONG;
    use libc::{MAP_ANONYMOUS, MAP_FAILED, MAP_PRIVATE, MREMAP_MAYMOVE, PROT_READ, PROT_WRITE};

    /// No system has shorter pages, and so every block of pages is aligned to this.
    const MIN_PAGE: usize = 4096;

    /// The bytes of all blocks that are pages of their own.
    static HELD: AtomicUsize = AtomicUsize::new(0);

    /// The bytes of long blocks that are in use.
    pub(crate) fn held() -> Option<usize> {
        Some(HELD.load(Ordering::Relaxed))
    }

    fn is_long(size: usize, layout: Layout) -> bool {
        size >= LONG && layout.align() <= MIN_PAGE
    }

    fn pages(result: *mut libc::c_void) -> *mut u8 {
        if result == MAP_FAILED { null_mut() } else { result.cast() }
    }

    /// New pages, which are zeros.
    fn map(size: usize) -> *mut u8 {
        // SAFETY: pages that nobody has, wherever the system likes.
        let block = pages(unsafe {
            libc::mmap(null_mut(), size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        });
        if !block.is_null() {
            HELD.fetch_add(size, Ordering::Relaxed);
        }
        block
    }

    /// As [`GlobalAlloc::alloc`].
    pub(crate) unsafe fn alloc(layout: Layout) -> *mut u8 {
        if is_long(layout.size(), layout) {
            return map(layout.size());
        }
        // SAFETY: the caller's contract.
        unsafe { System.alloc(layout) }
    }

    /// As [`GlobalAlloc::alloc_zeroed`].
    pub(crate) unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
        if is_long(layout.size(), layout) {
            return map(layout.size());
        }
        // SAFETY: the caller's contract.
        unsafe { System.alloc_zeroed(layout) }
    }

    /// As [`GlobalAlloc::dealloc`].
    pub(crate) unsafe fn dealloc(pointer: *mut u8, layout: Layout) {
        if is_long(layout.size(), layout) {
            // SAFETY: these pages were mapped for a block of this size, and its owner gives them up.
            let result = unsafe { libc::munmap(pointer.cast(), layout.size()) };
            debug_assert_eq!(result, 0);
            HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        } else {
            // SAFETY: the caller's contract.
            unsafe { System.dealloc(pointer, layout) }
        }
    }

    /// As [`GlobalAlloc::realloc`].
    pub(crate) unsafe fn realloc(pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        match (is_long(layout.size(), layout), is_long(size, layout)) {
            // SAFETY: the caller's contract.
            (false, false) => unsafe { System.realloc(pointer, layout, size) },
            // SAFETY: the caller's contract.
            (true, true) => unsafe { remap(pointer, layout.size(), size) },
            // SAFETY: the caller's contract, by which `size` makes a layout with this alignment.
            _ => unsafe { moved(pointer, layout, Layout::from_size_align_unchecked(size, layout.align())) },
        }
    }

    /// The pages with more or fewer after them, wherever there is room, or null, the block being as it was.
    unsafe fn remap(pointer: *mut u8, old: usize, new: usize) -> *mut u8 {
        // SAFETY: these pages were mapped for a block of the old size, and their owner takes what comes back for them.
        let block = pages(unsafe {
            // In whole pages, as the system takes them: Miri takes them as they are said.
            let (old, new) = (old.next_multiple_of(MIN_PAGE), new.next_multiple_of(MIN_PAGE));
            libc::mremap(pointer.cast(), old, new, MREMAP_MAYMOVE)
        });
        if !block.is_null() {
            HELD.fetch_add(new, Ordering::Relaxed);
            HELD.fetch_sub(old, Ordering::Relaxed);
        }
        block
    }

    /// The block in one of another kind, or null, the block being as it was.
    unsafe fn moved(pointer: *mut u8, layout: Layout, new: Layout) -> *mut u8 {
        // SAFETY: the caller's contract.
        let block = unsafe { alloc(new) };
        if !block.is_null() {
            // SAFETY: two blocks, each at least that long, of which the caller has given up the old one.
            unsafe {
                copy_nonoverlapping(pointer, block, layout.size().min(new.size()));
                dealloc(pointer, layout);
            }
        }
        block
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn blocks_keep_what_is_in_them_as_they_grow_and_shrink() {
            let sizes = [1, LONG - 1, LONG, 3 * LONG + 1, 5 * LONG, LONG + 1, LONG - 1, 2 * LONG, 10];
            for align in [1, 64, MIN_PAGE, 2 * MIN_PAGE] {
                let layout = |size| Layout::from_size_align(size, align).unwrap();
                // SAFETY: the layouts are those that the block has, and nothing beyond its end is touched.
                unsafe {
                    let mut block = alloc_zeroed(layout(sizes[0]));
                    block.write(7);
                    for pair in sizes.windows(2) {
                        block = realloc(block, layout(pair[0]), pair[1]);
                        assert!(!block.is_null() && block.addr().is_multiple_of(align));
                        assert_eq!(block.read(), 7);
                        let end = block.add(pair[1] - 1);
                        end.write(9);
                        assert_eq!(end.read(), 9);
                    }
                    dealloc(block, layout(sizes[sizes.len() - 1]));
                }
            }
        }

        #[test]
        fn long_blocks_are_zeros_and_are_refused_where_there_is_no_room() {
            let layout = |size| Layout::from_size_align(size, 16).unwrap();
            // SAFETY: as above.
            unsafe {
                let block = alloc_zeroed(layout(LONG));
                // Miri takes a minute for all of them.
                let step = if cfg!(miri) { 4097 } else { 1 };
                assert!((0..LONG).step_by(step).all(|at| block.add(at).read() == 0));
                // Miri has no memory to refuse: it ends.
                if cfg!(not(miri)) {
                    assert!(alloc(layout(1 << 62)).is_null());
                    assert!(realloc(block, layout(LONG), 1 << 62).is_null());
                }
                assert_eq!(block.read(), 0);
                dealloc(block, layout(LONG));
            }
        }
    }
}
