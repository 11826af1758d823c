//! Shifts by less than a limb; whole limbs are a matter of slicing.

/// a <<= bits, for 0 ≤ bits < 64; what went out at the top.
pub(crate) fn shl_assign(a: &mut [u64], bits: u32) -> u64 {
    if bits == 0 {
        return 0;
    }
    let mut out = 0;
    for x in a {
        let high = *x >> (64 - bits);
        *x = *x << bits | out;
        out = high;
    }
    out
}

/// a >>= bits, for 0 ≤ bits < 64; what went out at the bottom, in the low bits.
pub(crate) fn shr_assign(a: &mut [u64], bits: u32) -> u64 {
    if bits == 0 {
        return 0;
    }
    let mut out = 0;
    for x in a.iter_mut().rev() {
        let low = *x << (64 - bits);
        *x = *x >> bits | out;
        out = low;
    }
    out >> (64 - bits)
}
