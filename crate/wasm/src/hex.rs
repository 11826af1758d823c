//! Hexadecimal digits from a position on, at once or a part of them.

use compute_pi::Options;
use compute_pi::hex::{self, Cut, Range};

use crate::{failure, host, reply};

fn options() -> Options {
    host::options(f64::INFINITY, 0)
}

/// Replies with the digits, upper case.
#[unsafe(no_mangle)]
pub extern "C" fn hex_digits(position: f64, count: usize) -> u32 {
    hex::digits(position as u64, count, &options()).map_or_else(failure::engine, reply::text)
}

/// Replies with the fraction of the part.
#[unsafe(no_mangle)]
pub extern "C" fn hex_digits_partial(position: f64, count: usize, from: f64, to: f64) -> u32 {
    let range = Range { position: position as u64, count, from: from as u64, to: to as u64 };
    hex::partial(&range, &options()).map_or_else(failure::engine, |part| reply::text(part.fraction))
}

/// Replies with the borders of the jobs, as doubles, and how many terms there are and the seconds that a job takes. Jobs are
/// counted, or of so many seconds where there are none.
#[unsafe(no_mangle)]
pub extern "C" fn hex_digits_plan(position: f64, count: usize, jobs: usize, seconds: f64) -> u32 {
    let cut = if jobs > 0 { Cut::Jobs(jobs) } else { Cut::Seconds(seconds) };
    match hex::plan(position as u64, count, cut, &options()) {
        Ok(plan) => {
            let ends = plan.ranges.iter().map(|range| range.to as f64);
            let borders = std::iter::once(0.0).chain(ends).flat_map(f64::to_le_bytes).collect();
            reply::give(borders, [plan.terms as f64, plan.seconds, 0.0])
        }
        Err(error) => failure::engine(error),
    }
}
