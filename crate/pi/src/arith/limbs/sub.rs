//! Subtraction.

/// a −= b; the borrow out. `a` is at least as long as `b`.
pub(crate) fn sub_assign(a: &mut [u64], b: &[u64]) -> bool {
    let (low, high) = a.split_at_mut(b.len());
    let mut borrow = false;
    let (low_blocks, low_rest) = low.as_chunks_mut::<4>();
    let (b_blocks, b_rest) = b.as_chunks::<4>();
    for (x, y) in low_blocks.iter_mut().zip(b_blocks) {
        for i in 0..4 {
            (x[i], borrow) = x[i].borrowing_sub(y[i], borrow);
        }
    }
    for (x, &y) in low_rest.iter_mut().zip(b_rest) {
        (*x, borrow) = x.borrowing_sub(y, borrow);
    }
    borrow && sub_word(high, 1)
}

/// a −= w; the borrow out.
pub(super) fn sub_word(a: &mut [u64], w: u64) -> bool {
    let mut borrow = w;
    for x in a {
        if borrow == 0 {
            return false;
        }
        let (difference, overflow) = x.overflowing_sub(borrow);
        *x = difference;
        borrow = u64::from(overflow);
    }
    borrow != 0
}

/// out = |a − b|; whether a < b. All three have the same length.
pub(super) fn abs_diff(out: &mut [u64], a: &[u64], b: &[u64]) -> bool {
    let negative = super::compare(a, b).is_lt();
    let (large, small) = if negative { (b, a) } else { (a, b) };
    out.copy_from_slice(large);
    sub_assign(out, small);
    negative
}
