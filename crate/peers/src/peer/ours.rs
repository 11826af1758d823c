//! compute-pi itself, its digits written as text.

use std::num::NonZeroUsize;

use compute_pi::{Algorithm, Options, Simd};

/// The first `n` digits as text.
pub fn digits(n: usize, threads: usize, algorithm: Algorithm, simd: Simd) -> Vec<u8> {
    let threads = NonZeroUsize::new(threads).expect("at least one thread");
    let options = Options::new().with_algorithm(algorithm).with_threads(threads).with_simd(simd);
    let mut digits = compute_pi::digits(n, &options).expect("no limit is set").into_vec();
    for digit in &mut digits {
        *digit += b'0';
    }
    digits
}
