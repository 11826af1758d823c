//! The estimate against the memory that a computation allocates at its peak.

use std::alloc::{GlobalAlloc, Layout, System};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

use compute_pi::{Algorithm, Job, digits, estimate};

/// The system's allocator, counting what is allocated now and at most.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn grow(bytes: usize) {
    let now = NOW.fetch_add(bytes, Ordering::Relaxed) + bytes;
    PEAK.fetch_max(now, Ordering::Relaxed);
}

fn shrink(bytes: usize) {
    NOW.fetch_sub(bytes, Ordering::Relaxed);
}

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        // SAFETY: the caller's contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        // SAFETY: the caller's contract.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        shrink(layout.size());
        // SAFETY: the caller's contract.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Large blocks grow by moving their pages: the old and the new one are never both there.
        if size > layout.size() {
            grow(size - layout.size())
        } else {
            shrink(layout.size() - size)
        }
        // SAFETY: the caller's contract.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Bytes above `base` at the peak of `work` for n digits.
fn peak_above(base: usize, n: usize, work: impl Fn()) -> usize {
    // The test's harness has threads and buffers of its own, which small computations feel.
    let runs = if n <= 10_000 { 5 } else { 1 };
    let peak = || {
        PEAK.store(NOW.load(Ordering::Relaxed), Ordering::Relaxed);
        work();
        PEAK.load(Ordering::Relaxed).saturating_sub(base)
    };
    (0..runs).map(|_| peak()).min().unwrap_or_default()
}

/// Tables and working memory that the estimate counts whether or not a small computation takes them.
const SLACK: usize = 16 << 10;

/// The estimates for growing numbers of digits: the tables that stay are counted from the start.
fn check(sizes: &[usize]) {
    let base = NOW.load(Ordering::Relaxed);
    for &n in sizes {
        for threads in [1, 2] {
            let job = Job::new().with_threads(NonZeroUsize::new(threads).unwrap());
            let peak = peak_above(base, n, || drop(digits(n, Algorithm::Chudnovsky, &job).unwrap()));
            let estimate = estimate(n, Algorithm::Chudnovsky, threads).memory as usize;
            println!("{n} digits, {threads} threads: peak {peak}, estimate {estimate}");
            assert!(peak <= estimate, "{n} digits, {threads} threads: peak {peak}, estimate {estimate}");
            assert!(
                estimate <= peak + peak / 4 + SLACK,
                "{n} digits, {threads} threads: peak {peak}, estimate {estimate}"
            );
        }
    }
}

// One test, for the allocator counts all threads of the process.
#[test]
fn estimates_hold() {
    // What the harness's own thread allocates when it starts a test stays, and is none of ours.
    std::thread::sleep(std::time::Duration::from_millis(200));
    for n in [1000, 3000] {
        let base = NOW.load(Ordering::Relaxed);
        let peak = peak_above(base, n, || drop(digits(n, Algorithm::Spigot, &Job::new()).unwrap()));
        let estimate = estimate(n, Algorithm::Spigot, 1).memory as usize;
        assert!(
            peak <= estimate && estimate <= peak + peak / 4,
            "{n} digits: peak {peak}, estimate {estimate}"
        );
    }
    check(&[1000, 2000, 3000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000]);
}

#[test]
#[ignore = "takes a minute and a gigabyte; run alone"]
fn estimates_hold_to_a_hundred_million_digits() {
    check(&[5_000_000, 10_000_000, 100_000_000]);
}
