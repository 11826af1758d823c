//! How many threads pay when nobody says.

use std::num::NonZeroUsize;
use std::sync::OnceLock;
use std::thread::available_parallelism;

/// What AWS gives one virtual CPU for, in megabytes: a function owns CPU time in proportion to its memory.
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html>
const LAMBDA_MEGABYTES_PER_CPU: usize = 1769;

/// The CPUs that this process may use.
///
/// The standard library counts affinity and the quotas of control groups, rounded down. AWS Lambda limits a function
/// from outside of its machine, where neither shows: 128 MB own 7 % of one CPU and see two. There the memory tells.
///
/// Asked once a process: reading the quotas takes longer than a hundred digits.
pub(crate) fn usable() -> usize {
    static USABLE: OnceLock<usize> = OnceLock::new();
    *USABLE.get_or_init(count)
}

fn count() -> usize {
    let visible = available_parallelism().map_or(1, NonZeroUsize::get);
    let memory = std::env::var("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
    match memory.ok().and_then(|megabytes| megabytes.parse().ok()) {
        Some(megabytes) => visible.min(owned(megabytes)),
        None => visible,
    }
}

/// The virtual CPUs that a function of this memory owns, to the nearest, at least one.
fn owned(megabytes: usize) -> usize {
    ((megabytes + LAMBDA_MEGABYTES_PER_CPU / 2) / LAMBDA_MEGABYTES_PER_CPU).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_buys_cpus() {
        let cpus = [128, 1769, 2653, 3008, 3538, 10_240].map(owned);
        assert_eq!(cpus, [1, 1, 1, 2, 2, 6]);
    }
}
