//! Every large allocation of a computation is refused once, and all those beyond a budget: the computation ends with an
//! error, and the next one works.

use std::alloc::{GlobalAlloc, Layout, System};
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use compute_pi::{Algorithm, DigitStream, Error, Options, digits, hex};

/// Smaller blocks are not refused: a system that has not even this left can run nothing.
const LARGE: usize = 16 << 10;

/// The system's allocator, which counts large allocations down and refuses the one at 0, and those beyond a budget.
struct Refusing;

static LEFT: AtomicUsize = AtomicUsize::new(usize::MAX);

/// The bytes of all large blocks, and how many there may be.
static LARGE_BYTES: AtomicUsize = AtomicUsize::new(0);
static BUDGET: AtomicUsize = AtomicUsize::new(usize::MAX);

/// Whether a block of `size` bytes may take the place of one of `old` bytes.
fn admits(size: usize, old: usize) -> bool {
    if size >= LARGE && LEFT.fetch_sub(1, Ordering::Relaxed) == 0 {
        return false;
    }
    let [size, old] = [size, old].map(|bytes| if bytes >= LARGE { bytes } else { 0 });
    let bytes = LARGE_BYTES.fetch_add(size, Ordering::Relaxed) + size;
    if size > old && bytes - old > BUDGET.load(Ordering::Relaxed) {
        LARGE_BYTES.fetch_sub(size, Ordering::Relaxed);
        return false;
    }
    LARGE_BYTES.fetch_sub(old, Ordering::Relaxed);
    true
}

// SAFETY: what is not refused goes to the system's allocator as it came, and null is the answer that says so.
unsafe impl GlobalAlloc for Refusing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !admits(layout.size(), 0) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !admits(layout.size(), 0) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's contract.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        admits(0, layout.size());
        // SAFETY: the caller's contract.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !admits(size, layout.size()) {
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

/// The first digits of a stream without end.
fn endless(expected: &[u8], options: &Options) -> Result<(), Error> {
    let mut stream = DigitStream::endless(options)?;
    let mut rest = expected;
    while !rest.is_empty() {
        match stream.read_chunk(rest.len().min(20_000)) {
            Ok(chunk) => {
                assert!(!chunk.is_empty() && rest.starts_with(&chunk));
                rest = &rest[chunk.len()..];
            }
            Err(error) => {
                assert_eq!(stream.read_chunk(20_000), Err(error), "a failure stays one");
                return Err(error);
            }
        }
    }
    Ok(())
}

/// Refuses the first of the large allocations of `work`, then one that is a `step` later, until there are no more; how many
/// there were.
fn refuse_each(step: usize, work: impl Fn() -> Result<(), Error>) -> usize {
    for refused in (0..).step_by(step) {
        LEFT.store(refused, Ordering::Relaxed);
        let outcome = work();
        let left = LEFT.swap(usize::MAX, Ordering::Relaxed);
        if outcome.is_ok() {
            if left <= refused {
                return refused - left;
            }
            // A thread could not be started, and was done without.
            continue;
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
            let staged = refuse_each(step, || endless(&expected, &options));
            println!(
                "{n} digits, {threads} threads, verify {verify}: {whole}, {streamed} and {staged} large allocations"
            );
            assert!(whole.min(streamed).min(staged) > 5);
        }
    }
}

/// Budgets that are tried.
const STEPS: usize = 16;

/// Runs `work` with ever more memory until it has enough, which is less than `most`.
fn with_ever_more<E: std::fmt::Debug>(
    name: &str,
    most: usize,
    is_refusal: impl Fn(&E) -> bool,
    work: impl Fn() -> Result<(), E>,
) {
    let base = LARGE_BYTES.load(Ordering::Relaxed);
    for step in 0..=STEPS {
        BUDGET.store(base + step * most / STEPS, Ordering::Relaxed);
        let outcome = work();
        BUDGET.store(usize::MAX, Ordering::Relaxed);
        match outcome {
            Ok(()) => {
                println!("{name}: {step} refusals");
                assert!(step > 0);
                return;
            }
            Err(error) => assert!(is_refusal(&error), "{name}: {error:?}"),
        }
    }
    panic!("{name}: {most} bytes are not enough");
}

#[test]
fn every_function_ends_with_an_error_where_memory_is_short() {
    let _turn = TURN.lock();
    let is_refusal = |error: &Error| matches!(error, Error::Allocation { .. });
    for threads in [1, 64] {
        let options = options(threads, false);
        let count = hex::MAX_COUNT;
        with_ever_more("hexadecimal digits", 1 << 20, is_refusal, || {
            hex::digits(3000, count, &options).map(|digits| assert_eq!(digits.len(), count))
        });
        with_ever_more("a plan", 2 << 20, is_refusal, || {
            let plan = hex::plan(100_000, 10, hex::Cut::Jobs(6000), &options)?;
            assert_eq!(plan.ranges.len(), 6000);
            Ok(())
        });
        with_ever_more("digits", 6 << 20, is_refusal, || digits(200_000, &options).map(drop));
    }
    let n = 4000;
    let spigot = Options::new().with_algorithm(Algorithm::Spigot);
    let expected = digits(n, &Options::new()).unwrap();
    with_ever_more("the spigot", 1 << 19, is_refusal, || {
        digits(n, &spigot).map(|digits| assert_eq!(*digits, *expected))
    });
    with_ever_more("the spigot's stream", 1 << 19, is_refusal, || stream_of(&expected, &spigot));

    let (position, count) = (100_000, 10);
    let terms = hex::terms(position, count).unwrap();
    let part = |from, to| hex::partial(&hex::Range { position, count, from, to }, &Options::new()).unwrap();
    let parts: Vec<hex::Part> = (0..terms).map(|from| part(from, from + 1)).collect();
    let is_refusal = |error: &hex::PartsError| matches!(error, hex::PartsError::Allocation { .. });
    with_ever_more("parts", 1 << 20, is_refusal, || hex::combine(&parts).map(drop));
    with_ever_more("parts to a part", 1 << 20, is_refusal, || hex::merge(&parts).map(drop));
}
