//! Whether a computation may begin.

use crate::estimate::estimate;
use crate::run::{Error, Job, Options};

/// The largest number of digits that can be asked for: 10^9, and 10^8 where addresses have 32 bits.
pub const MAX_DIGITS: usize = if cfg!(target_pointer_width = "64") { 1_000_000_000 } else { 100_000_000 };

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
