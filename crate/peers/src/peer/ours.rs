//! compute-pi itself, its digits written as text.

use std::num::NonZeroUsize;

use compute_pi::{Algorithm, Job};

/// The first `n` digits as text.
pub fn digits(n: usize, threads: usize) -> Vec<u8> {
    let job = Job::new().with_threads(NonZeroUsize::new(threads).expect("at least one thread"));
    let mut digits = compute_pi::digits(n, Algorithm::Chudnovsky, &job).expect("no limit is set");
    for digit in &mut digits {
        *digit += b'0';
    }
    digits
}
