//! Arithmetic modulo 2^(64·m) − 1, at any size.
//!
//! A product whose upper part is known, or not wanted, needs no more room than the rest: modulo 2^(64·m) − 1
//! the upper part wraps around onto the lower one. Newton's method and the radix conversion live on this. See
//! R. P. Brent and P. Zimmermann, *Modern Computer Arithmetic*, section 3.3 and algorithm 2.8 onwards.

use crate::allocation::{copy, resize, zeros};
use crate::context::Context;
use crate::limbs;
use crate::ntt::{Plan, Spectrum};
#[cfg(test)]
use crate::verify::fault;

/// From this modulus on, in limbs, the transform beats a plain product that is folded afterwards.
const TRANSFORM_MIN: usize = 90;

/// The integers modulo 2^(64·m) − 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ring {
    limbs: usize,
    plan: Option<Plan>,
}

/// A residue in the form in which products are cheap.
pub(crate) enum Residue {
    Limbs(Vec<u64>),
    Spectrum(Spectrum),
}

impl Ring {
    /// A ring whose modulus has at least `limbs` limbs, as cheap as can be.
    pub(crate) fn new(limbs: usize) -> Self {
        if limbs < TRANSFORM_MIN {
            return Self { limbs, plan: None };
        }
        let plan = Plan::cyclic(limbs);
        Self { limbs: plan.modulus_limbs(), plan: Some(plan) }
    }

    /// Time of one transform, forward or inverse, in the unit of [`Plan::cost`].
    pub(crate) fn transform_cost(&self) -> u64 {
        match self.plan {
            Some(plan) => plan.cost() / 3,
            // A plain product, shared out over its three transforms.
            None => 150 * (self.limbs as u64).pow(2),
        }
    }

    /// Memory of one residue that is transformed.
    pub(crate) fn spectrum_bytes(&self) -> usize {
        self.plan.map_or(8 * self.limbs, |plan| plan.spectrum_bytes())
    }

    /// How its transforms are done, if its products are done by them.
    pub(crate) fn plan(&self) -> Option<Plan> {
        self.plan
    }

    /// m: the modulus is 2^(64·m) − 1.
    #[cfg(test)]
    pub(crate) fn limbs(&self) -> usize {
        self.limbs
    }

    /// The residue of `a`.
    pub(crate) fn forward(&self, a: &[u64], cx: &Context) -> Residue {
        cx.job.advance(self.transform_cost());
        match self.plan {
            Some(plan) => Residue::Spectrum(plan.forward(a, cx)),
            None => Residue::Limbs(self.reduce(a)),
        }
    }

    /// A number whose residue is that of −`a`, for an `a` of at most m limbs.
    pub(crate) fn negated(&self, mut a: Vec<u64>) -> Vec<u64> {
        resize(&mut a, self.limbs, 0);
        a.iter_mut().for_each(|x| *x = !*x);
        a
    }

    /// a·b
    pub(crate) fn multiply(&self, mut a: Residue, b: &Residue, cx: &Context) -> Residue {
        match (&mut a, b) {
            (Residue::Spectrum(a), Residue::Spectrum(b)) => a.multiply(b, cx),
            (Residue::Limbs(a), Residue::Limbs(b)) => *a = self.product(a, b, cx),
            _ => unreachable!("residues of one ring have one form"),
        }
        a
    }

    /// a²
    pub(crate) fn square(&self, mut a: Residue, cx: &Context) -> Residue {
        match &mut a {
            Residue::Spectrum(a) => a.square(cx),
            Residue::Limbs(a) => {
                let mut wide = zeros(2 * a.len());
                limbs::square(&mut wide, a, cx);
                *a = self.reduce(&wide);
            }
        }
        a
    }

    /// a·b for a number `b`, whose residue is never in memory as a whole.
    pub(crate) fn multiply_number(&self, mut a: Residue, b: &[u64], cx: &Context) -> Residue {
        cx.job.advance(self.transform_cost());
        match &mut a {
            Residue::Spectrum(a) => a.multiply_number(b, cx),
            Residue::Limbs(a) => *a = self.product(a, &self.reduce(b), cx),
        }
        a
    }

    /// sum + a·b for a number `b`, whose residue is never in memory as a whole.
    pub(crate) fn multiply_number_add(
        &self,
        mut sum: Residue,
        a: &Residue,
        b: &[u64],
        cx: &Context,
    ) -> Residue {
        cx.job.advance(self.transform_cost());
        match (&mut sum, a) {
            (Residue::Spectrum(sum), Residue::Spectrum(a)) => sum.multiply_number_add(a, b, cx),
            (Residue::Limbs(sum), Residue::Limbs(a)) => {
                let product = self.product(a, &self.reduce(b), cx);
                resize(sum, self.limbs, 0);
                if limbs::add_assign(sum, &product) {
                    limbs::add_word(sum, 1);
                }
            }
            _ => unreachable!("residues of one ring have one form"),
        }
        sum
    }

    /// The residue as m limbs; zero is all zeros, never all ones.
    pub(crate) fn inverse(&self, a: Residue, cx: &Context) -> Vec<u64> {
        cx.job.advance(self.transform_cost());
        let mut limbs = match a {
            Residue::Limbs(mut limbs) => {
                resize(&mut limbs, self.limbs, 0);
                limbs
            }
            Residue::Spectrum(spectrum) => {
                let mut limbs = zeros(self.limbs);
                spectrum.inverse(&mut limbs, cx);
                limbs
            }
        };
        clear_all_ones(&mut limbs);
        #[cfg(test)]
        fault::strike(fault::Site::CyclicProduct, &mut limbs);
        limbs
    }

    /// a = B^power − a, for an `a` of m limbs; zero is all zeros, never all ones.
    pub(crate) fn power_minus(&self, power: usize, a: &mut [u64]) {
        // Modulo B^m − 1 the negative of a number is its complement.
        a.iter_mut().for_each(|x| *x = !*x);
        if limbs::add_word(&mut a[power % self.limbs..], 1) {
            limbs::add_word(a, 1);
        }
        clear_all_ones(a);
    }

    fn product(&self, a: &[u64], b: &[u64], cx: &Context) -> Vec<u64> {
        let mut wide = zeros(a.len() + b.len());
        limbs::mul(&mut wide, a, b, cx);
        self.reduce(&wide)
    }

    /// `a` without leading zeros where it is short, else folded to m limbs.
    fn reduce(&self, a: &[u64]) -> Vec<u64> {
        let a = &a[..limbs::significant(a)];
        let mut pieces = a.chunks(self.limbs);
        let mut sum = copy(pieces.next().unwrap_or_default());
        for piece in pieces {
            // The sum of two residues carries at most 1, and then its lower part is not all ones.
            if limbs::add_assign(&mut sum, piece) {
                limbs::add_word(&mut sum, 1);
            }
        }
        sum
    }
}

/// The modulus itself stands for zero.
fn clear_all_ones(a: &mut [u64]) {
    if a.iter().all(|&x| x == u64::MAX) {
        a.fill(0);
    }
}

#[cfg(test)]
mod tests;
