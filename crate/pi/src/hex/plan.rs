//! Cuts the terms into jobs of equal time.
//!
//! A term costs about log e squarings, and less while its moduli are small: the rate is measured here and now, at
//! several places of the range, and the jobs are cut along the time that this predicts.

use std::ops;
use std::time::Duration;

use super::kernel::Level;
use super::limits::width;
use super::part::{Range, terms};
use super::sum;
use crate::run::allocation::{refusable, with_capacity};
use crate::run::{Error, Job, Options, parallel};

/// The largest number of jobs in a plan.
pub const MAX_JOBS: usize = 100_000;

/// How the terms are to be cut.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cut {
    /// Into so many jobs, from 1 to [`MAX_JOBS`].
    Jobs(usize),
    /// Into jobs of about so many seconds each, on a machine like this one and with as many threads.
    Seconds(f64),
}

/// Jobs that cover the terms, each with about the same time to take.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// The terms of the whole sum.
    pub terms: u64,
    /// The time of one job, as measured here and now with so many threads.
    pub seconds: f64,
    /// Adjoining ranges, from 0 to `terms`.
    pub ranges: Vec<Range>,
}

/// Each kernel is measured at so many places.
const PLACES: u64 = 4;
/// Of each thread: long enough for the clock, and short enough to be measured often.
const LEAST_TIME: Duration = Duration::from_millis(4);
/// The least time of so many is the one that no other work disturbed.
const REPEATS: usize = 5;

/// Cuts the work for `count` digits at `position` into jobs, by a calibration of about half a second.
///
/// Where the terms are fewer than the jobs, there are as many jobs as terms.
///
/// # Errors
///
/// Those of [`digits`](super::digits()), and [`Error::HexJobs`] where there would be no job, or more than
/// [`MAX_JOBS`].
///
/// ```
/// use compute_pi::Options;
/// use compute_pi::hex::{self, Cut};
///
/// let plan = hex::plan(1_000_000, 16, Cut::Jobs(8), &Options::new())?;
/// assert_eq!(plan.ranges.len(), 8);
/// assert_eq!((plan.ranges[0].from, plan.ranges[7].to), (0, plan.terms));
/// # Ok::<(), compute_pi::Error>(())
/// ```
pub fn plan(position: u64, count: usize, cut: Cut, options: &Options) -> Result<Plan, Error> {
    let terms = terms(position, count)?;
    if let Cut::Jobs(jobs) = cut {
        check_jobs(jobs as f64)?;
    }
    let job = options.job();
    refusable(|| cut_terms(terms, position, count, cut, &job))
}

fn cut_terms(terms: u64, position: u64, count: usize, cut: Cut, job: &Job) -> Result<Plan, Error> {
    let mut pieces = Vec::new();
    for level in Level::ALL {
        let ops::Range { start, end } = level.terms();
        for range in pieces_of(start.min(terms)..end.min(terms), PLACES) {
            let seconds = seconds_of(position, width(position, count), range.clone(), job)?;
            pieces.push(Piece { range, seconds });
        }
    }
    let total: f64 = pieces.iter().map(|piece| piece.seconds).sum();
    let jobs = match cut {
        Cut::Jobs(jobs) => jobs,
        Cut::Seconds(seconds) => check_jobs((total / seconds).ceil())?,
    };
    let jobs = jobs.min(usize::try_from(terms).unwrap_or(usize::MAX));
    let cuts = equal_cuts(&pieces, terms, jobs);
    let mut ranges = with_capacity(jobs);
    ranges.extend(cuts.windows(2).map(|cut| Range { position, count, from: cut[0], to: cut[1] }));
    Ok(Plan { terms, seconds: total / jobs as f64, ranges })
}

fn check_jobs(jobs: f64) -> Result<usize, Error> {
    if (1.0..=MAX_JOBS as f64).contains(&jobs) {
        Ok(jobs as usize)
    } else {
        Err(Error::HexJobs { asked: jobs.min(u64::MAX as f64) as u64, max: MAX_JOBS })
    }
}

/// Terms of one rate, and the time that they take.
struct Piece {
    range: ops::Range<u64>,
    seconds: f64,
}

/// The range in so many pieces of the same length, but for one term; without those that have none.
fn pieces_of(range: ops::Range<u64>, count: u64) -> impl Iterator<Item = ops::Range<u64>> {
    let length = range.end - range.start;
    let border = move |i| range.start + (u128::from(length) * u128::from(i) / u128::from(count)) as u64;
    (0..count).map(move |i| border(i)..border(i + 1)).filter(|piece| !piece.is_empty())
}

/// The time of the range on all threads: that of as many terms in its middle as take long enough, in proportion. The time
/// counts that the threads compute, for on a busy machine they wait as well.
fn seconds_of(position: u64, limbs: usize, range: ops::Range<u64>, job: &Job) -> Result<f64, Error> {
    let length = range.end - range.start;
    let threads = job.threads() as u64;
    let one = job.with_threads(1);
    let mut sample = length.min(4096 * threads);
    loop {
        let start = range.start + (length - sample) / 2;
        let mut least = Duration::MAX;
        for _ in 0..REPEATS {
            let mut shares = with_capacity(job.threads());
            shares.extend(pieces_of(start..start + sample, threads));
            let times = parallel::map(shares, job.threads(), |share| {
                let began = one.time();
                sum::of_terms(position, share, limbs, &one)?;
                Ok(one.time().saturating_sub(began))
            });
            least = least.min(times.into_iter().sum::<Result<_, Error>>()?);
        }
        if least >= LEAST_TIME * job.threads() as u32 || sample == length {
            return Ok(least.as_secs_f64() / threads as f64 * (length as f64 / sample as f64));
        }
        sample = length.min(2 * sample);
    }
}

/// The borders of so many jobs, at most the terms, of equal time and of at least one term each.
fn equal_cuts(pieces: &[Piece], terms: u64, jobs: usize) -> Vec<u64> {
    let total: f64 = pieces.iter().map(|piece| piece.seconds).sum();
    let mut cuts = with_capacity(jobs + 1);
    cuts.push(0);
    let mut pieces = pieces.iter();
    let mut piece = pieces.next();
    let mut before = 0.0;
    for index in 1..jobs as u64 {
        let time = total * index as f64 / jobs as f64;
        while let Some(&Piece { seconds, .. }) = piece.filter(|piece| before + piece.seconds < time) {
            before += seconds;
            piece = pieces.next();
        }
        let cut = piece.map_or(terms, |Piece { range, seconds }| {
            range.start + ((range.end - range.start) as f64 * ((time - before) / seconds)) as u64
        });
        let last = cuts[cuts.len() - 1];
        cuts.push(cut.clamp(last + 1, terms - (jobs as u64 - index)));
    }
    cuts.push(terms);
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_of_equal_time_are_shorter_where_terms_are_dear() {
        let pieces = [Piece { range: 0..100, seconds: 1.0 }, Piece { range: 100..200, seconds: 3.0 }];
        assert_eq!(equal_cuts(&pieces, 200, 4), [0, 100, 133, 166, 200]);
        assert_eq!(equal_cuts(&pieces, 200, 1), [0, 200]);
        assert_eq!(equal_cuts(&pieces, 200, 200), (0..=200).collect::<Vec<_>>());
    }

    #[test]
    fn a_clock_that_saw_no_time_pass_still_gives_a_cut() {
        let pieces = [Piece { range: 0..5, seconds: 0.0 }];
        assert_eq!(equal_cuts(&pieces, 5, 3), [0, 1, 2, 5]);
    }
}
