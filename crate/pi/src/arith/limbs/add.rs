//! Addition.

/// a += b; the carry out. `a` is at least as long as `b`.
pub(crate) fn add_assign(a: &mut [u64], b: &[u64]) -> bool {
    let (low, high) = a.split_at_mut(b.len());
    let mut carry = false;
    let (low_blocks, low_rest) = low.as_chunks_mut::<4>();
    let (b_blocks, b_rest) = b.as_chunks::<4>();
    // A block of fixed size is what lets the compiler keep the carry in the flag from limb to limb.
    for (x, y) in low_blocks.iter_mut().zip(b_blocks) {
        for i in 0..4 {
            (x[i], carry) = x[i].carrying_add(y[i], carry);
        }
    }
    for (x, &y) in low_rest.iter_mut().zip(b_rest) {
        (*x, carry) = x.carrying_add(y, carry);
    }
    carry && add_word(high, 1)
}

/// a += w; the carry out.
pub(crate) fn add_word(a: &mut [u64], w: u64) -> bool {
    let mut carry = w;
    for x in a {
        if carry == 0 {
            return false;
        }
        let (sum, overflow) = x.overflowing_add(carry);
        *x = sum;
        carry = u64::from(overflow);
    }
    carry != 0
}
