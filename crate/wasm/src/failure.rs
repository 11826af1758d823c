//! How the other side is told what went wrong.

#[cfg(feature = "engine")]
use compute_pi::Error;
use compute_pi::hex::PartsError;

#[cfg(feature = "engine")]
use crate::estimate::with_gaps;
use crate::reply;

/// Replies with the message, and gives the kind as a number: that of its name in `src/wasm/engine.ts`.
#[cfg(feature = "engine")]
pub fn engine(error: Error) -> u32 {
    let (kind, numbers) = match error {
        Error::Cancelled => (1, [0.0; 3]),
        Error::Memory { needed, allowed } => (2, [with_gaps(needed), with_gaps(allowed), 0.0]),
        Error::Allocation { .. } => (3, [0.0; 3]),
        Error::TooManyDigits { .. } | Error::HexTerms { .. } | Error::HexJobs { .. } => (4, [0.0; 3]),
        Error::Verification { .. } => (5, [0.0; 3]),
        _ => (6, [0.0; 3]),
    };
    reply::give(error.to_string().into_bytes(), numbers);
    kind
}

/// The same for parts: the numbers are the problem, as that of its name, and the terms in question.
pub fn parts(error: PartsError) -> u32 {
    let (problem, from, to) = match error {
        PartsError::Malformed { from, to } => (1.0, from, to),
        PartsError::Mixed { from, to } => (2.0, from, to),
        PartsError::Disagree { from, to } => (3.0, from, to),
        PartsError::Overlap { from, to } => (4.0, from, to),
        PartsError::Gap { from, to } => (5.0, from, to),
        _ => (0.0, 0, 0),
    };
    reply::give(error.to_string().into_bytes(), [problem, from as f64, to as f64]);
    7
}
