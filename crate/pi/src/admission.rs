//! Whether a computation may begin.

use crate::estimate::{MAX_DIGITS, estimate};
use crate::run::{Error, Job, Options};

/// A job for `n` digits; refuses what cannot or must not be computed, before any work.
pub(crate) fn admit(n: usize, options: &Options) -> Result<Job, Error> {
    if n > MAX_DIGITS {
        return Err(Error::TooManyDigits { asked: n, max: MAX_DIGITS });
    }
    if let Some(allowed) = options.max_memory() {
        let needed = estimate(n, options).memory;
        if needed > allowed {
            return Err(Error::Memory { needed, allowed });
        }
    }
    let job = options.job();
    job.check()?;
    Ok(job)
}
