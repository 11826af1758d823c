//! The estimate against the memory that a computation allocates at its peak.

use std::alloc::{GlobalAlloc, Layout, System};
use std::num::NonZeroUsize;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use compute_pi::{Algorithm, DigitStream, Options, Simd, digits, estimate, hex};

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

/// The peak of a computation in a process of its own, for the tables of the transforms stay.
fn peak_alone(n: usize, threads: usize, verify: bool, simd: Simd) -> usize {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--ignored", "--exact", "--nocapture", "peak_in_this_process"]);
    let output = child.env("PEAK_OF", format!("{n},{threads},{verify},{simd}")).output().unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    let peak = output.lines().find_map(|line| line.split_once("peak of ")?.1.parse().ok());
    peak.unwrap_or_else(|| panic!("{output}"))
}

/// The estimate is never below a peak, and at most a quarter above one: threads that the scheduler does not run at
/// the same time need less.
fn check(sizes: &[usize]) {
    for &n in sizes {
        for (threads, verify) in [(1, false), (2, false), (1, true), (2, true)] {
            check_on(n, threads, verify, Simd::detect());
        }
    }
}

fn check_on(n: usize, threads: usize, verify: bool, simd: Simd) {
    let options = Options::new().with_cpus(NonZeroUsize::new(threads).unwrap()).with_simd(simd);
    let estimate = estimate(n, &options).memory as usize;
    let case = format!("{n} digits, {simd}, {threads} threads, verified {verify}");
    let tight = (0..10).any(|_| {
        let peak = peak_alone(n, threads, verify, simd);
        println!("{case}: peak {peak}, estimate {estimate}");
        assert!(peak <= estimate, "{case}: peak {peak}, estimate {estimate}");
        // Without vectors products of numbers are by several methods at once.
        let above = if simd == Simd::Portable { peak / 2 } else { peak / 4 };
        estimate <= peak + above
    });
    assert!(tight, "{case}: an estimate of {estimate}");
}

/// On more threads how many merges meet at their peaks is a matter of chance: the estimate is above all of them, and by how
/// much says nothing.
fn check_bound(sizes: &[usize]) {
    for (&n, threads) in sizes.iter().flat_map(|n| [4, 8, 16, 64].map(|threads| (n, threads))) {
        let options = Options::new().with_cpus(NonZeroUsize::new(threads).unwrap());
        let (peak, estimate) =
            (peak_alone(n, threads, false, Simd::detect()), estimate(n, &options).memory as usize);
        println!("{n} digits, {threads} threads: peak {peak}, estimate {estimate}");
        assert!(peak <= estimate, "{n} digits, {threads} threads: peak {peak}, estimate {estimate}");
    }
}

#[test]
#[ignore = "run by the other tests"]
fn peak_in_this_process() {
    let Ok(of) = std::env::var("PEAK_OF") else { return };
    let [n, threads, verify, simd] = of.split(',').collect::<Vec<_>>().try_into().unwrap();
    let (n, threads) = (n.parse().unwrap(), threads.parse().unwrap());
    std::thread::sleep(Duration::from_millis(50));
    let simd = Simd::available().find(|level| level.to_string() == simd).unwrap();
    let mut options = Options::new().with_cpus(threads).with_simd(simd);
    if verify == "true" {
        options = options.with_verification();
    }
    start_threads(&options);
    let base = NOW.load(Ordering::Relaxed);
    let peak = peak_above(base, n, || drop(digits(n, &options).unwrap()));
    println!("\nestimate of {}\npeak of {peak}", estimate(n, &options).memory);
}

/// Starts the threads that a computation may have, which look for room for themselves first, and stay.
fn start_threads(options: &Options) {
    let strip = 4096;
    drop(hex::digits(strip * 10 / 4 * options.threads() as u64, 1, options).unwrap());
}

/// The peaks of [`digits`] and of a stream that is read to its end.
fn peaks(n: usize, threads: usize) -> (usize, usize) {
    let options = Options::new().with_cpus(NonZeroUsize::new(threads).unwrap());
    start_threads(&options);
    let base = NOW.load(Ordering::Relaxed);
    let at_once = peak_above(base, n, || drop(digits(n, &options).unwrap()));
    let streamed = peak_above(base, n, || {
        let mut stream = DigitStream::new(n, &options).unwrap();
        while !stream.read_chunk(1 << 16).unwrap().is_empty() {}
    });
    println!("{n} digits, {threads} threads: peak {at_once}, streamed {streamed}");
    (at_once, streamed)
}

/// The stages of a stream without end take no more than they say, and at most a third less, but for the tables that stay from
/// one stream to the next.
fn check_stages(last: usize, threads: usize, verify: bool, simd: Simd) {
    let mut options = Options::new().with_cpus(NonZeroUsize::new(threads).unwrap()).with_simd(simd);
    if verify {
        options = options.with_verification();
    }
    start_threads(&options);
    let base = NOW.load(Ordering::Relaxed);
    let mut stream = DigitStream::endless(&options).unwrap();
    let mut read = 0;
    while read < last {
        let stage = stream.plan_stage(|_| true).unwrap();
        PEAK.store(NOW.load(Ordering::Relaxed), Ordering::Relaxed);
        while read < stage.digits {
            read += stream.read_chunk(1 << 16).unwrap().len();
        }
        let peak = PEAK.load(Ordering::Relaxed).saturating_sub(base) as u64;
        println!("{stage:?}, {simd}, {threads} threads, verified {verify}: peak {peak}");
        assert!(peak <= stage.memory, "{stage:?}, {simd}, {threads} threads: peak {peak}");
        assert!(threads > 1 || verify || stage.memory <= peak + peak / 2, "{stage:?}: peak {peak}");
    }
}

// One test, for the allocator counts all threads of the process.
#[test]
fn peaks_are_as_promised() {
    // The harness's own thread allocates when it starts a test; that stays, and is none of ours.
    std::thread::sleep(Duration::from_millis(200));
    let spigot = Options::new().with_algorithm(Algorithm::Spigot);
    for n in [1000, 3000] {
        let base = NOW.load(Ordering::Relaxed);
        let peak = peak_above(base, n, || drop(digits(n, &spigot).unwrap()));
        let estimate = estimate(n, &spigot).memory as usize;
        assert!(
            peak <= estimate && estimate <= peak + peak / 4,
            "{n} digits: peak {peak}, estimate {estimate}"
        );
    }
    let small =
        [1000, 1200, 1500, 1700, 2000, 3200, 5000, 7000, 10_000, 14_000, 20_000, 28_000, 50_000, 70_000];
    check(&small);
    check(&[100_000, 200_000, 300_000, 500_000, 1_000_000, 2_000_000]);
    for (threads, verify) in [(1, false), (2, false), (1, true)] {
        check_stages(1_000_000, threads, verify, Simd::detect());
    }
    for simd in Simd::available() {
        for n in small {
            check_on(n, 1, false, simd);
        }
        check_stages(100_000, 1, true, simd);
    }
    check_bound(&[300_000, 1_500_000]);
    let (at_once, streamed) = peaks(1_000_000, 1);
    assert!(streamed <= at_once * 7 / 8, "peak {at_once}, streamed {streamed}");
}

#[test]
#[ignore = "takes a minute and a gigabyte; run alone"]
fn peaks_are_as_promised_to_a_hundred_million_digits() {
    let base = NOW.load(Ordering::Relaxed);
    for threads in [1, 2] {
        let n = 10_000_000;
        let (at_once, streamed) = peaks(n, threads);
        let tables = NOW.load(Ordering::Relaxed) - base;
        println!("{tables} bytes of tables");
        assert!(tables <= 1 << 20, "{tables} bytes of tables");
        // The division holds the most, which is the same for both.
        let most = if threads > 1 { n * 48 / 10 } else { n * 42 / 10 };
        let of_stream = 4096;
        assert!(at_once <= most && streamed <= at_once + of_stream, "peak {at_once}, streamed {streamed}");
    }
    check(&[5_000_000, 10_000_000, 100_000_000]);
    check_bound(&[10_000_000, 30_000_000]);
}
