//! Shared by the tests of the arithmetic: num-bigint as the slow and obvious answer, and nasty operands.

use num_bigint::BigUint;

/// The number that the limbs are.
pub(crate) fn big(limbs: &[u64]) -> BigUint {
    BigUint::from_slice(&limbs.iter().flat_map(|&x| [x as u32, (x >> 32) as u32]).collect::<Vec<_>>())
}

/// Operands of `n` limbs: noise, all ones, a single high bit, sparse, runs of ones and zeros.
pub(crate) fn operands(n: usize) -> [Vec<u64>; 5] {
    let mut state = n as u64;
    let noise = (0..n).map(|_| {
        // Marsaglia's multiply-with-carry is noise enough.
        state = (state ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xd129_42f1_7c4d_3f2b).rotate_left(29);
        state
    });
    let noise: Vec<u64> = noise.collect();
    let mut high_bit = vec![0; n];
    high_bit[n - 1] = 1 << 63;
    let sparse = (0..n).map(|i| if i % 7 == 3 || i + 1 == n { 1 << (i % 64) } else { 0 }).collect();
    let runs = (0..n).map(|i| if ((n - i) / 3).is_multiple_of(2) { u64::MAX } else { 0 }).collect();
    [noise, vec![u64::MAX; n], high_bit, sparse, runs]
}
