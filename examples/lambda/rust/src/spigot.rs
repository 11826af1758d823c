//! Gibbons' unbounded spigot: J. Gibbons, "Unbounded Spigot Algorithms for the Digits of Pi", American Mathematical
//! Monthly 113 (2006), over Lambert's series.

use num_bigint::BigInt;

/// All digits of pi, one at a time; the k-th costs O(k).
pub struct Spigot {
    q: BigInt,
    r: BigInt,
    t: BigInt,
    i: u64,
}

impl Default for Spigot {
    fn default() -> Self {
        Self {
            q: 1.into(),
            r: 180.into(),
            t: 60.into(),
            i: 2,
        }
    }
}

impl Iterator for Spigot {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let Self { q, r, t, i } = self;
        let u = 3 * (3 * *i + 1) * (3 * *i + 2);
        let y: BigInt = (&*q * (27 * *i - 12) + &*r * 5u32) / (&*t * 5u32);
        *r = (&*q * (5 * *i - 2) + &*r - &y * &*t) * (10 * u);
        *q *= 10 * *i * (2 * *i - 1);
        *t *= u;
        *i += 1;
        y.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Spigot;

    #[test]
    fn starts_like_pi() {
        let digits: String = Spigot::default()
            .take(50)
            .map(|digit| char::from(b'0' + digit))
            .collect();
        assert_eq!(digits, "31415926535897932384626433832795028841971693993751");
    }
}
