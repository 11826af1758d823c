//! Words of 52 bits. Sizes are the largest values that may stand for a point; a step's result follows from the sizes
//! of its inputs by the formulas of `kernels::integers`.

use crate::arith::ntt::layout::LAYOUTS;
use crate::arith::ntt::primes::PRIMES;

const WORD: u64 = 1 << 52;
/// The inputs of forward passes and products.
const FORWARD: u64 = WORD - 1;

/// The arithmetic modulo a prime, on sizes.
#[derive(Clone, Copy)]
struct Sizes {
    p: u64,
}

impl Sizes {
    fn all() -> impl Iterator<Item = Self> {
        PRIMES.into_iter().map(|p| Self { p })
    }

    /// The inputs and results of inverse passes.
    fn inverse(self) -> u64 {
        2 * self.p - 1
    }

    fn add(self, a: u64, b: u64) -> u64 {
        word(a + b)
    }

    fn sub(self, a: u64, b: u64) -> u64 {
        assert!(b <= 2 * self.p);
        word(a + 2 * self.p)
    }

    fn sub_sum(self, a: u64, b: u64) -> u64 {
        assert!(b <= 4 * self.p);
        word(a + 4 * self.p)
    }

    fn mul(self, a: u64) -> u64 {
        self.p + ((u128::from(word(a)) * u128::from(self.p)) >> 52) as u64
    }

    fn reduce(self, a: u64) -> u64 {
        word(a);
        self.p + WORD - 5 * self.p - 1
    }

    fn product(self, a: u64, b: u64) -> u64 {
        let (a, b) = (self.reduce(a), self.reduce(b));
        self.p + ((u128::from(a) * u128::from(b)) >> 52) as u64
    }

    /// The results of the conversion from limbs.
    fn fresh(self) -> u64 {
        let of_layout = LAYOUTS.iter().map(|layout| {
            let digit = (1 << layout.digit_bits) - 1;
            (1..layout.digits).fold(digit, |value, _| self.add(self.mul(value), digit))
        });
        of_layout.max().expect("a layout")
    }
}

fn word(size: u64) -> u64 {
    assert!(size < WORD, "{size} has more than 52 bits");
    size
}

#[test]
fn forward_passes_stay_within_a_word() {
    for m in Sizes::all() {
        let (a0, a1) = (m.reduce(FORWARD), m.reduce(FORWARD));
        let t = m.mul(FORWARD);
        let b = m.add(a0, t).max(m.sub(a0, t));
        let u = m.mul(m.add(a1, t).max(m.sub(a1, t)));
        m.add(b, u);
        m.sub(b, u);
    }
}

#[test]
fn first_levels_stay_within_a_word() {
    for m in Sizes::all() {
        let fresh = m.fresh();
        // With and without a second term that wraps.
        let wrapped = m.reduce(m.add(fresh, fresh)).max(fresh);
        let negated = m.sub(fresh, fresh);
        let b = m.reduce(m.add(wrapped, wrapped).max(m.sub(wrapped, wrapped)));
        let u = m.mul(m.sub(wrapped, wrapped));
        m.add(b, b.max(u));
        m.sub(b, b.max(u));
        let t = m.mul(negated);
        let value = m.add(m.reduce(negated), t).max(m.sub(m.reduce(negated), t));
        let t = m.mul(value);
        m.add(value, t);
        m.sub(value, t);
    }
}

#[test]
fn products_can_be_transformed_back() {
    for m in Sizes::all() {
        let product = m.product(FORWARD, FORWARD);
        assert!(product <= m.inverse());
        assert!(m.reduce(m.add(m.inverse(), product)) <= m.inverse());
    }
}

#[test]
fn inverse_passes_stay_within_their_bound() {
    for m in Sizes::all() {
        let c = m.inverse();
        let (b0, b2) = (m.add(c, c), m.reduce(m.add(c, c)));
        let b1 = m.mul(m.sub(c, c));
        assert!(m.reduce(m.add(b0, b2)).max(m.reduce(m.add(b1, b1))) <= m.inverse());
        assert!(m.mul(m.sub_sum(b2, b0)).max(m.mul(m.sub(b1, b1))) <= m.inverse());
    }
}

#[test]
fn last_levels_stay_within_the_bound() {
    for m in Sizes::all() {
        let c = m.inverse();
        let b = m.reduce(m.add(c, c).max(m.sub(c, c)));
        let b3 = m.mul(m.sub(c, c));
        let v = m.reduce(m.add(b, b.max(b3)).max(m.sub(b, b.max(b3))));
        // Eight rows.
        assert!(m.reduce(m.add(v, c).max(m.sub(v, c))) <= m.inverse());
        // Fewer: the halved polynomial modulo y² ∓ i, and the rest from it.
        let t = m.mul(v);
        let g = m.mul(m.add(v, t).max(m.sub(v, t)));
        let value = m.reduce(m.add(g, m.mul(g)));
        let q = m.reduce(m.sub(value, m.reduce(m.add(c, c))).max(m.sub(g, c)));
        let value = m.reduce(m.add(g, m.mul(m.sub(g, q))));
        let value = m.sub(m.sub(value, m.reduce(m.add(c, c))), q);
        let r = m.mul(m.mul(value));
        assert!(r <= m.inverse());
        assert!(m.reduce(m.sub(q, m.mul(r))) <= m.inverse());
        assert!(m.reduce(m.sub(v, r.max(q))) <= m.inverse());
    }
}
