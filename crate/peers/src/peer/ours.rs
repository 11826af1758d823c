//! compute-pi itself, its digits written as text.

use std::num::NonZeroUsize;

use compute_pi::{Algorithm, Job, Simd};

/// The first `n` digits as text.
pub fn digits(n: usize, threads: usize, algorithm: Algorithm, simd: Simd) -> Vec<u8> {
    let threads = NonZeroUsize::new(threads).expect("at least one thread");
    let job = Job::new().with_threads(threads).with_simd(simd);
    let mut digits = compute_pi::digits(n, algorithm, &job).expect("no limit is set");
    for digit in &mut digits {
        *digit += b'0';
    }
    digits
}
