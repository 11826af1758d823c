//! Ever more digits: each stage goes on where the series stopped, and does the division anew.

use super::cost::{merge_cost, split_cost};
use super::finish::{MIN_LIMBS, division_cost, of_sum, proved, series_bits};
use super::series::Growing;
use crate::arith::mersenne::Residue;
use crate::radix::{Conversion, MARGIN, fraction_limbs};
use crate::run::{Check, Context, Error};
use crate::verify::Certificate;

/// The exact sum of the terms so far, and the fraction that the last stage made of it.
#[derive(Default)]
pub(crate) struct Stages {
    series: Growing,
    before: Option<Fingerprint>,
}

impl Stages {
    /// As [`super::conversion`], with what the stages before have summed. The digits that are wanted of it begin after the
    /// first `produced` ones, which it passes over but for those in the same leaf; how many it has passed over.
    pub(crate) fn conversion(
        &mut self,
        n: usize,
        guard: usize,
        produced: usize,
        cx: &Context,
    ) -> Result<(Conversion, Option<Certificate>, usize), Error> {
        let limbs = fraction_limbs(n, guard);
        let bits = series_bits(limbs.max(MIN_LIMBS));
        cx.job.begin(self.cost(n, guard, produced, bits, cx));
        let sum = self.series.reach(bits, cx)?;
        let fraction = of_sum(sum, limbs, cx)?;
        if self.before.as_ref().is_some_and(|before| !before.is_of(&fraction.limbs)) {
            return Err(Error::Verification { check: Check::Stages });
        }
        self.before = Some(Fingerprint::of(&fraction.limbs));
        let Some((mut conversion, certificate)) = proved(fraction, n, guard, cx)? else {
            return self.conversion(n, 2 * guard, produced, cx);
        };
        let skipped = conversion.skip(produced, cx)?;
        Ok((conversion, certificate, skipped))
    }

    /// The cost of a stage, in the unit of [`crate::arith::ntt::Plan::cost`].
    fn cost(&self, n: usize, guard: usize, produced: usize, bits: u64, cx: &Context) -> u64 {
        let (from, to) = (self.series.terms(), Growing::terms_for(bits));
        let merging = if from > 0 { merge_cost(0, to) } else { 0 };
        let series = if to > from { split_cost(from, to) + merging } else { 0 };
        let conversion = u128::from(Conversion::cost(n, guard)) * (n - produced) as u128 / n as u128;
        series + division_cost(n, guard, &cx.job) + conversion as u64
    }
}

/// Enough of a fraction to know it again in a longer one.
struct Fingerprint {
    limbs: usize,
    residue: Residue,
    low: u128,
}

impl Fingerprint {
    fn of(fraction: &[u64]) -> Self {
        let low = fraction.iter().take(2).rev().fold(0, |low, &limb| low << 64 | u128::from(limb));
        Self { limbs: fraction.len(), residue: Residue::of(fraction), low }
    }

    /// Whether the fraction begins with this one, but for the error of both, which the lowest limbs show.
    fn is_of(&self, fraction: &[u64]) -> bool {
        let Some(excess) = fraction.len().checked_sub(self.limbs) else { return true };
        let Self { residue, low, .. } = Self::of(&fraction[excess..]);
        let difference = low.wrapping_sub(self.low).cast_signed();
        let size = Residue::from(difference.unsigned_abs());
        let expected = if difference < 0 { self.residue - size } else { self.residue + size };
        difference.unsigned_abs() <= MARGIN.into() && residue == expected
    }
}
