//! The instruction sets: one thin folder or file for each, generic kernels that they instantiate, and the one
//! place where a level is picked.

pub(crate) mod generic;
mod portable;

#[cfg(target_arch = "aarch64")]
pub(crate) mod aarch64;
#[cfg(target_arch = "x86_64")]
pub(crate) mod x86_64;

mod kernels;
mod simd;

pub(crate) use generic::MARGIN;
pub(crate) use kernels::Kernels;
use kernels::instantiate;
pub use simd::Simd;

/// A prime and its twiddle factors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) p: f64,
    /// In the form of the kernels.
    pub(crate) twiddles: &'static [f64],
}

/// How kernels keep points and factors in the 64 bits of a double.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Doubles that are integers.
    Doubles,
    /// Points are bits of integers, of which the low 52 count, and factors w the bits of the integers ⌊w·2^52/p⌋.
    /// Products of points lack the factor 2^52.
    Integers,
}

impl Form {
    pub(crate) const COUNT: usize = 2;
}

/// `out[i] = a[i]·w` modulo p, in (−p/2, p/2), for table building.
pub(crate) fn scale_words(out: &mut [f64], a: &[f64], w: f64, p: f64) {
    use generic::{Arithmetic, Modulus, Vector};
    let m = Modulus::<portable::Array>::new(p);
    for (out, a) in out.chunks_mut(4).zip(a.chunks(4)) {
        let mut four = [0.0; 4];
        four[..a.len()].copy_from_slice(a);
        let product = m.mul(Vector::load(&four), Vector::splat(w));
        out.copy_from_slice(&m.reduce(product).to_array()[..out.len()]);
    }
}
