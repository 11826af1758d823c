//! Products of two words. WebAssembly has no instruction for them, and its compiler would call a function for each.

/// A word by which others are multiplied.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy)]
pub(crate) struct Multiplier(u64);

/// The low and the high half of a word by which others are multiplied.
#[cfg(target_arch = "wasm32")]
#[derive(Clone, Copy)]
pub(crate) struct Multiplier(u64, u64);

#[cfg(not(target_arch = "wasm32"))]
impl Multiplier {
    #[inline(always)]
    pub(crate) fn new(w: u64) -> Self {
        Self(w)
    }

    /// The low and the high word of self·a + c.
    #[inline(always)]
    pub(crate) fn carrying_mul(self, a: u64, c: u64) -> (u64, u64) {
        a.carrying_mul(self.0, c)
    }

    /// The low and the high word of self·a + c + d.
    #[inline(always)]
    pub(crate) fn carrying_mul_add(self, a: u64, c: u64, d: u64) -> (u64, u64) {
        a.carrying_mul_add(self.0, c, d)
    }
}

#[cfg(target_arch = "wasm32")]
impl Multiplier {
    #[inline(always)]
    pub(crate) fn new(w: u64) -> Self {
        // Where LLVM sees that these are the halves of one word, it takes the four products for the wide one that they
        // make, and calls `__multi3`.
        Self(w & LOW, std::hint::black_box((w >> 32) as u32).into())
    }

    /// The low and the high word of self·a + c.
    #[inline(always)]
    pub(crate) fn carrying_mul(self, a: u64, c: u64) -> (u64, u64) {
        self.carrying_mul_add(a, c, 0)
    }

    /// The low and the high word of self·a + c + d.
    #[inline(always)]
    pub(crate) fn carrying_mul_add(self, a: u64, c: u64, d: u64) -> (u64, u64) {
        let (a0, a1, Self(b0, b1)) = (a & LOW, a >> 32, self);
        // No sum overflows: (2^32 − 1)² + 2·(2^32 − 1) = 2^64 − 1.
        let low = a0 * b0 + (c & LOW) + (d & LOW);
        let middle = a1 * b0 + (low >> 32) + (d >> 32);
        let other = a0 * b1 + (middle & LOW) + (c >> 32);
        (other << 32 | low & LOW, a1 * b1 + (middle >> 32) + (other >> 32))
    }
}

#[cfg(target_arch = "wasm32")]
const LOW: u64 = 0xffff_ffff;
