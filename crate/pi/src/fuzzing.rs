//! The arithmetic as fuzz targets call it (`crate/pi/fuzz`): there only when compiled with `--cfg fuzzing`.

pub use crate::arith::newton::{INVERSE_SQRT_ERROR, RECIPROCAL_ERROR};
use crate::arith::{limbs, newton};
use crate::radix::{Conversion, fraction_limbs};
use crate::run::{Context, Options};
use crate::simd::Simd;

/// The longest factor of [`Arithmetic::columns`], in limbs.
pub const COLUMN_LIMBS_MAX: usize = limbs::COLUMN_LIMBS_MAX;

/// The arithmetic with the kernels of one instruction set. Numbers are limbs, the lowest first.
pub struct Arithmetic(Context);

impl Arithmetic {
    /// With these kernels, on this many threads.
    pub fn new(simd: Simd, threads: usize) -> Self {
        Self(Context { threads, ..Context::new(&Options::new().with_simd(simd).job()) })
    }

    /// a·b.
    pub fn multiply(&self, a: &[u64], b: &[u64]) -> Vec<u64> {
        let mut out = vec![0; a.len() + b.len()];
        limbs::mul(&mut out, a, b, &self.0);
        out
    }

    /// a·b + c·d.
    pub fn sum_of_products(&self, products: [[&[u64]; 2]; 2]) -> Vec<u64> {
        let limbs = products.map(|[a, b]| a.len() + b.len());
        let mut out = vec![0; limbs[0].max(limbs[1]) + 1];
        limbs::mul_sum(&mut out, products, &self.0);
        out
    }

    /// The sum of one product or two by columns, whether they are the quickest way or not; the first factor of each is at least
    /// as long as the second one.
    pub fn columns(&self, products: &[[&[u64]; 2]]) -> Vec<u64> {
        let limbs = products.iter().map(|[a, b]| a.len() + b.len()).max().unwrap_or(0);
        let mut out = vec![0; limbs + 1];
        limbs::column_products(&mut out, products, self.0.simd);
        out
    }

    /// a².
    pub fn square(&self, a: &[u64]) -> Vec<u64> {
        let mut out = vec![0; 2 * a.len()];
        limbs::square(&mut out, a, &self.0);
        out
    }

    /// B^precision/v from below, within [`RECIPROCAL_ERROR`]; the highest bit of v is set.
    pub fn reciprocal(&self, v: &[u64], precision: usize) -> Vec<u64> {
        newton::reciprocal(v, precision, &self.0).expect("the job is not cancelled")
    }

    /// B^precision/√d from below, within [`INVERSE_SQRT_ERROR`]; 2 ≤ d < 2^32 is no square.
    pub fn inverse_sqrt(&self, d: u64, precision: usize) -> Vec<u64> {
        newton::inverse_sqrt(d, precision, &self.0).expect("the job is not cancelled")
    }

    /// The limbs of a fraction that [`Arithmetic::decimal_digits`] takes.
    pub fn fraction_limbs(digits: usize, guard: usize) -> usize {
        fraction_limbs(digits, guard)
    }

    /// The first decimal digits of a fraction; nothing where its guard limbs do not decide them.
    pub fn decimal_digits(&self, fraction: Vec<u64>, digits: usize, guard: usize) -> Option<Vec<u8>> {
        let conversion = Conversion::new(fraction, digits, guard, &self.0).expect("the job is not cancelled");
        let mut out = vec![0; digits];
        conversion.write_all(&mut out, &self.0).expect("the job is not cancelled").then_some(out)
    }
}
