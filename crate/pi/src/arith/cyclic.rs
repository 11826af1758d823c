//! Arithmetic modulo 2^(64·m) − 1, at any size.
//!
//! A product whose upper part is known, or not wanted, needs no more room than the rest: modulo 2^(64·m) − 1
//! the upper part wraps around onto the lower one. Newton's method and the radix conversion live on this. See
//! R. P. Brent and P. Zimmermann, *Modern Computer Arithmetic*, section 3.3 and algorithm 2.8 onwards.

use std::borrow::Cow;

use crate::arith::limbs::{self, Sizes};
use crate::arith::ntt::{self, Plan, Spectrum};
use crate::run::Context;
use crate::run::allocation::{copy, resize, zeros};
#[cfg(test)]
use crate::run::fault;
use crate::simd::Detected;

/// From this modulus on, in limbs, products save memory: what is idle costs more than new pages.
pub(crate) const FRUGAL_MIN: usize = 1 << 17;

/// The integers modulo 2^(64·m) − 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ring {
    limbs: usize,
    plan: Option<Plan>,
}

/// A residue in the form in which products are cheap.
pub(crate) enum RingResidue {
    Limbs(Vec<u64>),
    Spectrum(Spectrum),
}

/// The other factor of a product in the ring.
#[derive(Clone, Copy)]
pub(crate) enum RingFactor<'a> {
    /// A number, whose residue is never in memory as a whole.
    Number(&'a [u64]),
    Residue(&'a RingResidue),
    /// The number itself.
    Itself,
}

impl Ring {
    /// A ring whose modulus has at least `limbs` limbs, as cheap as can be on one thread of this machine.
    pub(crate) fn new(limbs: usize) -> Self {
        Self::on(limbs, Detected::best())
    }

    /// The same for products with the kernels of an instruction set.
    pub(crate) fn on(limbs: usize, simd: Detected) -> Self {
        if limbs < Sizes::of(simd).residues_by_transforms || !ntt::fits(limbs) {
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
            None if ntt::fits(self.limbs) => 150 * (self.limbs as u64).pow(2),
            None => Plan::for_product(2 * self.limbs, 1).cost() * (2 * self.limbs / ntt::MAX_LIMBS) as u64,
        }
    }

    /// Memory of so many residues, and of products of one by numbers on so many threads.
    pub(crate) fn bytes(&self, residues: usize, threads: usize) -> usize {
        self.plan.map_or(8 * self.limbs * residues, |plan| plan.bytes(residues, 1, threads))
    }

    /// The threads that a product feeds, of those that may work on it.
    pub(crate) fn useful_threads(&self, threads: usize) -> usize {
        self.plan.map_or(1, |plan| plan.useful_threads(threads))
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
    pub(crate) fn forward(&self, a: &[u64], cx: &Context) -> RingResidue {
        cx.job.advance(self.transform_cost());
        match self.plan {
            Some(plan) => RingResidue::Spectrum(plan.forward(a, cx)),
            None => RingResidue::Limbs(self.reduce(a)),
        }
    }

    /// A number whose residue is that of −`a`, for an `a` of at most m limbs.
    pub(crate) fn negated(&self, mut a: Vec<u64>) -> Vec<u64> {
        resize(&mut a, self.limbs, 0);
        a.iter_mut().for_each(|x| *x = !*x);
        a
    }

    /// The sum of products, of which there is at least one, as m limbs; zero is all zeros, never all ones.
    pub(crate) fn sum_of_products(&self, products: &[(&[u64], RingFactor<'_>)], cx: &Context) -> Vec<u64> {
        // The transforms of the factors, and the one back.
        let transforms = products.iter().map(|(_, b)| if matches!(b, RingFactor::Number(_)) { 2 } else { 1 });
        cx.job.advance((transforms.sum::<u64>() + 1) * self.transform_cost());
        let mut limbs = match self.plan {
            Some(plan) => {
                let product = plan.sum_of_products(&transformed(products), cx);
                if self.limbs >= FRUGAL_MIN {
                    // The residues of the factors are done with, and may go before the number comes.
                    cx.points.clear();
                }
                let mut limbs = zeros(self.limbs);
                product.write(&mut limbs, cx);
                limbs
            }
            None => self.sum_of_limbs(products, cx),
        };
        resize(&mut limbs, self.limbs, 0);
        clear_all_ones(&mut limbs);
        #[cfg(test)]
        fault::strike(fault::Site::CyclicProduct, &mut limbs);
        limbs
    }

    /// a·b as m limbs; zero is all zeros, never all ones.
    pub(crate) fn product(&self, a: &[u64], b: RingFactor<'_>, cx: &Context) -> Vec<u64> {
        self.sum_of_products(&[(a, b)], cx)
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

    fn sum_of_limbs(&self, products: &[(&[u64], RingFactor<'_>)], cx: &Context) -> Vec<u64> {
        let mut sum = Vec::new();
        for &(a, b) in products {
            let product = match b {
                RingFactor::Number(b) => self.multiply_limbs(a, b, cx),
                RingFactor::Residue(RingResidue::Limbs(b)) => self.multiply_limbs(a, b, cx),
                RingFactor::Itself => {
                    let a = &*self.short(a);
                    let mut wide = zeros(2 * a.len());
                    limbs::square(&mut wide, a, cx);
                    self.reduced(wide)
                }
                RingFactor::Residue(RingResidue::Spectrum(_)) => {
                    unreachable!("residues of one ring have one form")
                }
            };
            if sum.is_empty() {
                sum = product;
                continue;
            }
            resize(&mut sum, self.limbs, 0);
            // The sum of two residues carries at most 1, and then its lower part is not all ones.
            if limbs::add_assign(&mut sum, &product) {
                limbs::add_word(&mut sum, 1);
            }
        }
        sum
    }

    fn multiply_limbs(&self, a: &[u64], b: &[u64], cx: &Context) -> Vec<u64> {
        let (a, b) = (&*self.short(a), &*self.short(b));
        let mut wide = zeros(a.len() + b.len());
        limbs::mul(&mut wide, a, b, cx);
        self.reduced(wide)
    }

    /// `a` without leading zeros where it is short, else folded to m limbs.
    fn short<'a>(&self, a: &'a [u64]) -> Cow<'a, [u64]> {
        let a = &a[..limbs::significant(a)];
        if a.len() <= self.limbs { Cow::Borrowed(a) } else { Cow::Owned(self.reduce(a)) }
    }

    fn reduced(&self, a: Vec<u64>) -> Vec<u64> {
        if a.len() <= self.limbs { a } else { self.reduce(&a) }
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

fn transformed<'a>(products: &[(&'a [u64], RingFactor<'a>)]) -> Vec<(&'a [u64], ntt::Factor<'a>)> {
    let of = |factor| match factor {
        RingFactor::Number(b) => ntt::Factor::Number(b),
        RingFactor::Residue(RingResidue::Spectrum(b)) => ntt::Factor::Spectrum(b),
        RingFactor::Residue(RingResidue::Limbs(_)) => unreachable!("residues of one ring have one form"),
        RingFactor::Itself => ntt::Factor::Itself,
    };
    products.iter().map(|&(a, b)| (a, of(b))).collect()
}

/// The modulus itself stands for zero.
fn clear_all_ones(a: &mut [u64]) {
    if a.iter().all(|&x| x == u64::MAX) {
        a.fill(0);
    }
}

#[cfg(test)]
mod tests;
