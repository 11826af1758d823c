//! Every large allocation of a computation is refused once: the computation ends with an error, and the next one works.

use std::alloc::{GlobalAlloc, Layout, System};
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use compute_pi::{Algorithm, DigitStream, Error, Options, digits};

/// What is smaller is not refused: a system that has not even this left can run nothing. Lists of subtrees take some
/// kilobytes for each thread.
const LARGE: usize = 16 << 10;

/// The system's allocator, which counts large allocations down and refuses the one at 0.
struct Refusing;

static LEFT: AtomicUsize = AtomicUsize::new(usize::MAX);

fn refuses(size: usize) -> bool {
    size >= LARGE && LEFT.fetch_sub(1, Ordering::Relaxed) == 0
}

// SAFETY: what is not refused goes to the system's allocator as it came, and null is the answer that says so.
unsafe impl GlobalAlloc for Refusing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if refuses(layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if refuses(layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's contract.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's contract.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if refuses(size) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's contract.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static REFUSING: Refusing = Refusing;

/// One test counts at a time.
static TURN: Mutex<()> = Mutex::new(());

fn options(threads: usize, verify: bool) -> Options {
    let options = Options::new().with_cpus(NonZeroUsize::new(threads).unwrap());
    if verify { options.with_verification() } else { options }
}

fn stream_of(expected: &[u8], options: &Options) -> Result<(), Error> {
    let mut stream = DigitStream::new(expected.len(), options)?;
    let mut rest = expected;
    loop {
        match stream.read_chunk(20_000) {
            Ok(chunk) => {
                assert!(rest.starts_with(&chunk));
                rest = &rest[chunk.len()..];
                if chunk.is_empty() {
                    assert_eq!(rest, []);
                    return Ok(());
                }
            }
            Err(error) => {
                assert_eq!(stream.read_chunk(20_000), Err(error), "a failure stays one");
                return Err(error);
            }
        }
    }
}

/// Refuses the first of the large allocations of `work`, then one that is a `step` later, until there are no more; how many
/// there were.
fn refuse_each(step: usize, work: impl Fn() -> Result<(), Error>) -> usize {
    for refused in (0..).step_by(step) {
        LEFT.store(refused, Ordering::Relaxed);
        let outcome = work();
        let left = LEFT.swap(usize::MAX, Ordering::Relaxed);
        if outcome.is_ok() {
            assert!(left <= refused, "allocation {refused} was refused and nobody noticed");
            return refused - left;
        }
        assert!(
            matches!(outcome, Err(Error::Allocation { bytes }) if 2 * bytes >= LARGE as u64),
            "{outcome:?} where allocation {refused} was refused"
        );
    }
    unreachable!("a computation ends");
}

#[test]
fn a_refused_allocation_is_an_error() {
    let _turn = TURN.lock();
    for (n, step) in [(30_000, 1), (60_000, 1), (200_000, 7)] {
        let expected = digits(n, &Options::new()).unwrap();
        for (threads, verify) in [(1, false), (1, true), (3, true)] {
            let options = options(threads, verify);
            let whole =
                refuse_each(step, || digits(n, &options).map(|digits| assert_eq!(*digits, *expected)));
            let streamed = refuse_each(step, || stream_of(&expected, &options));
            println!(
                "{n} digits, {threads} threads, verify {verify}: {whole} and {streamed} large allocations"
            );
            assert!(whole.min(streamed) > 5);
        }
    }
}

#[test]
fn the_digits_of_the_spigot_may_be_refused() {
    let _turn = TURN.lock();
    let n = 20_000;
    LEFT.store(0, Ordering::Relaxed);
    let outcome = digits(n, &Options::new().with_algorithm(Algorithm::Spigot));
    LEFT.store(usize::MAX, Ordering::Relaxed);
    assert_eq!(outcome, Err(Error::Allocation { bytes: n as u64 }));
}
