//! Sums in steps, between which other work may have the thread: those of far positions take days.

use super::bellard;
use super::fraction::LIMB_BITS;
use super::limits::width;
use super::part::{Part, Range, terms};
use super::sum::{self, Summing};
use crate::run::allocation::refusable;
use crate::run::{Error, Job, Options};

/// The work of [`digits`](super::digits()), in steps of a second or less.
///
/// ```
/// use compute_pi::{Options, hex::DigitSteps};
///
/// let mut steps = DigitSteps::new(10_000, 16, &Options::new())?;
/// let digits = loop {
///     if let Some(digits) = steps.step()? {
///         break digits;
///     }
/// };
/// assert_eq!(digits, "68AC8FCFB8016CBD");
/// # Ok::<(), compute_pi::Error>(())
/// ```
pub struct DigitSteps {
    position: u64,
    count: usize,
    limbs: usize,
    job: Job,
    sum: Option<Summing>,
}

impl DigitSteps {
    /// Nothing is summed yet.
    ///
    /// # Errors
    ///
    /// Those of [`digits`](super::digits()).
    pub fn new(position: u64, count: usize, options: &Options) -> Result<Self, Error> {
        terms(position, count)?;
        let job = options.job();
        job.check()?;
        Ok(Self::in_limbs(width(position, count), position, count, job))
    }

    /// The same from a sum in so many limbs on.
    pub(super) fn in_limbs(limbs: usize, position: u64, count: usize, job: Job) -> Self {
        Self { position, count, limbs, job, sum: None }
    }

    /// All steps.
    pub(super) fn digits(mut self) -> Result<String, Error> {
        loop {
            if let Some(digits) = self.step()? {
                return Ok(digits);
            }
        }
    }

    /// Goes on for some time; the digits, when they are certain.
    ///
    /// # Errors
    ///
    /// Those of [`digits`](super::digits()).
    pub fn step(&mut self) -> Result<Option<String>, Error> {
        refusable(|| self.next())
    }

    /// Takes the sum in so many limbs, and in one more as long as the error leaves a digit open.
    fn next(&mut self) -> Result<Option<String>, Error> {
        let Self { position, count, limbs, .. } = *self;
        let terms = bellard::terms(position, u64::from(LIMB_BITS) * limbs as u64);
        let sum = self.sum.get_or_insert_with(|| {
            self.job.begin(terms);
            Summing::new(position, 0..terms, limbs)
        });
        sum.step(&self.job)?;
        if !sum.is_done() {
            return Ok(None);
        }
        let digits = sum.total().certain_digits(count, sum::error_units(terms));
        if digits.is_none() {
            self.limbs += 1;
            self.sum = None;
        }
        Ok(digits)
    }
}

/// The work of [`partial`](super::partial()), in steps of a second or less.
///
/// ```
/// use compute_pi::Options;
/// use compute_pi::hex::{PartSteps, Range};
///
/// let range = Range { position: 10_000, count: 16, from: 0, to: 1000 };
/// let mut steps = PartSteps::new(&range, &Options::new())?;
/// let part = loop {
///     if let Some(part) = steps.step()? {
///         break part;
///     }
/// };
/// assert_eq!((part.from, part.to), (0, 1000));
/// # Ok::<(), compute_pi::Error>(())
/// ```
pub struct PartSteps {
    range: Range,
    job: Job,
    sum: Option<Summing>,
}

impl PartSteps {
    /// Nothing is summed yet.
    ///
    /// # Errors
    ///
    /// Those of [`partial`](super::partial()).
    pub fn new(range: &Range, options: &Options) -> Result<Self, Error> {
        let &Range { position, count, from, to } = range;
        let terms = terms(position, count)?;
        if from >= to || to > terms {
            return Err(Error::HexTerms { from, to, terms });
        }
        let job = options.job();
        job.check()?;
        Ok(Self { range: *range, job, sum: None })
    }

    /// Goes on for some time; the part, when all its terms are summed.
    ///
    /// # Errors
    ///
    /// Those of [`partial`](super::partial()).
    pub fn step(&mut self) -> Result<Option<Part>, Error> {
        refusable(|| self.next())
    }

    fn next(&mut self) -> Result<Option<Part>, Error> {
        let Range { position, count, from, to } = self.range;
        let sum = self.sum.get_or_insert_with(|| {
            self.job.begin(to - from);
            Summing::new(position, from..to, width(position, count))
        });
        sum.step(&self.job)?;
        Ok(sum.is_done().then(|| Part { position, from, to, fraction: sum.total().to_hex() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Handle;
    use crate::hex;

    #[test]
    fn sums_in_turns_are_those_at_once() {
        let options = Options::new();
        let positions = if cfg!(miri) { [40, 50, 60] } else { [7_000_000, 3_000_000, 20] };
        let mut steps = positions.map(|position| Some(DigitSteps::new(position, 20, &options).unwrap()));
        let mut taken = [0; 3];
        let mut found = [(); 3].map(|()| None);
        while steps.iter().any(Option::is_some) {
            for (index, slot) in steps.iter_mut().enumerate() {
                let Some(one) = slot else { continue };
                taken[index] += 1;
                if let Some(digits) = one.step().unwrap() {
                    (found[index], *slot) = (Some(digits), None);
                }
            }
        }
        for (position, found) in positions.into_iter().zip(found) {
            assert_eq!(found, hex::digits(position, 20, &options).ok());
        }
        assert!(cfg!(miri) || taken == [3, 2, 1], "{taken:?}");
    }

    #[test]
    fn progress_goes_on_from_step_to_step_and_a_cancelled_sum_ends() {
        let handle = Handle::new();
        let options = Options::new().with_handle(&handle);
        let range = Range { position: 10_000_000, count: 8, from: 0, to: 4_000_000 };
        let range = if cfg!(miri) { Range { position: 100, count: 8, from: 0, to: 20 } } else { range };
        let mut steps = PartSteps::new(&range, &options).unwrap();
        let mut before = 0.0;
        let part = loop {
            let part = steps.step().unwrap();
            assert!(handle.progress().fraction > before);
            before = handle.progress().fraction;
            if let Some(part) = part {
                break part;
            }
        };
        assert_eq!(before, 1.0);
        assert_eq!(Ok(part), hex::partial(&range, &options));
        let mut steps = PartSteps::new(&range, &options).unwrap();
        handle.cancel();
        assert_eq!(steps.step(), Err(Error::Cancelled));
    }

    #[test]
    fn a_step_of_a_long_fraction_takes_no_more_terms_than_its_time_allows() {
        let mut steps =
            DigitSteps::new(1_000_000, 10_000, &Options::new().with_cpus(std::num::NonZeroUsize::MIN))
                .unwrap();
        assert_eq!(if cfg!(miri) { Ok(None) } else { steps.step() }, Ok(None));
    }
}
