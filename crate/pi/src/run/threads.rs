//! How many threads work: no more than the process has CPUs, and no more than the work feeds.
//!
//! A thread that has little to do costs more than it does: it has to be started, it holds memory of its own, and others
//! wait for it. So each part of a computation takes, of the threads that it may use, those that its size feeds, and more
//! threads than that change nothing: neither the time nor the memory.

use std::num::NonZeroUsize;
use std::sync::OnceLock;
use std::thread::available_parallelism;

/// Terms of the series that feed a thread: half a millisecond.
const TERMS: u64 = 1000;
/// Points of all primes of a product that feed a thread: a tenth of a millisecond.
const POINTS: u64 = 1 << 13;
/// Decimal digits that feed a thread of the conversion.
const DIGITS: u64 = 10_000;
/// Limbs of the root, and of the reciprocal, that feed a thread each.
const ROOT: u64 = 1000;

/// The threads for a series of so many terms.
pub(crate) fn for_terms(terms: u64, threads: usize) -> usize {
    fed(threads, terms, TERMS)
}

/// The threads for a transform of so many points, those of all primes together.
pub(crate) fn for_points(points: usize, threads: usize) -> usize {
    fed(threads, points as u64, POINTS)
}

/// The threads for the conversion of so many digits.
pub(crate) fn for_digits(digits: usize, threads: usize) -> usize {
    fed(threads, digits as u64, DIGITS)
}

/// The threads for a root and a reciprocal of so many limbs, which do not wait for each other.
pub(crate) fn for_roots(limbs: usize, threads: usize) -> usize {
    if (limbs as u64) < ROOT { 1 } else { threads }
}

/// The threads for so many pieces of work, each worth one.
pub(crate) fn for_pieces(pieces: u64, threads: usize) -> usize {
    fed(threads, pieces, 1)
}

/// Of so many threads those that the work feeds, at least one.
fn fed(threads: usize, work: u64, of_one: u64) -> usize {
    threads.min(usize::try_from(work / of_one).unwrap_or(usize::MAX)).max(1)
}

/// The megabytes for which AWS gives one virtual CPU: a function owns CPU time in proportion to its memory.
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html>
const LAMBDA_MEGABYTES_PER_CPU: usize = 1769;

/// The CPUs that this process sees: its affinity, and the quotas of its control groups, rounded down.
///
/// Asked once a process: reading the quotas takes longer than a hundred digits.
pub(crate) fn visible() -> usize {
    static VISIBLE: OnceLock<usize> = OnceLock::new();
    *VISIBLE.get_or_init(|| available_parallelism().map_or(1, NonZeroUsize::get))
}

/// The CPUs that this process may use all the time.
///
/// AWS Lambda limits a function from outside of its machine, where neither affinity nor quotas show it: 128 MB own 7 % of
/// one CPU and see two. There the memory tells.
pub(crate) fn usable() -> usize {
    static USABLE: OnceLock<usize> = OnceLock::new();
    *USABLE.get_or_init(|| {
        let memory = std::env::var("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
        match memory.ok().and_then(|megabytes| megabytes.parse().ok()) {
            Some(megabytes) => visible().min(owned(megabytes)),
            None => visible(),
        }
    })
}

/// The virtual CPUs that a function of this memory owns, to the nearest, at least one.
fn owned(megabytes: usize) -> usize {
    ((megabytes + LAMBDA_MEGABYTES_PER_CPU / 2) / LAMBDA_MEGABYTES_PER_CPU).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_follow_the_work() {
        for threads in [1, 2, 3, 64, 1024, usize::MAX] {
            assert_eq!(for_terms(0, threads), 1);
            assert_eq!(for_terms(1999, threads), 1);
            assert_eq!(for_terms(2000, threads), threads.min(2));
            assert_eq!(for_points(3 << 13, threads), threads.min(3));
            assert_eq!(for_digits(640_000, threads), threads.min(64));
            assert_eq!(for_pieces(0, threads), 1);
            assert_eq!(for_pieces(u64::MAX, threads), threads);
            assert_eq!(for_roots(999, threads), 1);
            assert_eq!(for_roots(1000, threads), threads);
        }
    }

    #[test]
    fn memory_buys_cpus() {
        let cpus = [128, 1769, 2653, 3008, 3538, 10_240].map(owned);
        assert_eq!(cpus, [1, 1, 1, 2, 2, 6]);
    }
}
