//! The failures of a computation, and how JavaScript is told of them.

use compute_pi::Error;
use compute_pi::hex::PartsError;
use neon::prelude::*;
use neon_boundary::{NoThread, Panicked};

use crate::memory::Refusal;

/// Why a computation gave no result.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Failure {
    /// The engine refused or stopped.
    #[error(transparent)]
    Engine(#[from] Error),
    /// Parts of hexadecimal digits do not add up.
    #[error(transparent)]
    Parts(#[from] PartsError),
    /// There is no thread to compute on.
    #[error(transparent)]
    Threads(#[from] NoThread),
    /// A panic.
    #[error(transparent)]
    Panic(#[from] Panicked),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Engine(match refusal {
            Refusal::Memory { needed, allowed } => Error::Memory { needed, allowed },
            Refusal::Cancelled => Error::Cancelled,
        })
    }
}

impl Failure {
    /// The name that TypeScript tells failures apart by.
    fn kind(&self) -> &'static str {
        match self {
            Self::Engine(Error::Cancelled) => "cancelled",
            Self::Engine(Error::Memory { .. }) => "memory",
            Self::Engine(Error::Allocation { .. }) => "allocation",
            // After the last digits of a stream without end, and where addresses have 32 bits: fewer than TypeScript lets through.
            Self::Engine(Error::TooManyDigits { .. } | Error::HexTerms { .. } | Error::HexJobs { .. }) => {
                "range"
            }
            Self::Engine(Error::Verification { .. }) => "verification",
            Self::Engine(_) => "engine",
            Self::Parts(PartsError::Allocation { .. }) => "allocation",
            Self::Parts(_) => "parts",
            Self::Threads(NoThread::Memory { .. }) => "allocation",
            Self::Threads(NoThread::Refused(_)) => "threads",
            Self::Panic(_) => "panic",
        }
    }
}

impl neon_boundary::Failure for Failure {
    /// An `Error` with `kind`, for memory both figures, and for parts the `problem` and the terms in question.
    fn into_js<'cx>(self, cx: &mut Cx<'cx>) -> JsResult<'cx, JsError> {
        let error = cx.error(self.to_string())?;
        error.prop(cx, "kind").set(self.kind())?;
        if let Self::Engine(Error::Memory { needed, allowed }) = self {
            error.prop(cx, "needed").set(needed as f64)?;
            error.prop(cx, "allowed").set(allowed as f64)?;
        }
        if let Self::Parts(parts) = self
            && let Some((problem, terms)) = described(parts)
        {
            error.prop(cx, "problem").set(problem)?;
            if let Some((from, to)) = terms {
                error.prop(cx, "from").set(from as f64)?;
                error.prop(cx, "to").set(to as f64)?;
            }
        }
        Ok(error)
    }
}

/// The name of the problem, and the terms in question, where the parts are to blame.
fn described(error: PartsError) -> Option<(&'static str, Option<(u64, u64)>)> {
    Some(match error {
        PartsError::Allocation { .. } => return None,
        PartsError::Mixed { from, to } => ("mixed", Some((from, to))),
        PartsError::Disagree { from, to } => ("disagree", Some((from, to))),
        PartsError::Overlap { from, to } => ("overlap", Some((from, to))),
        PartsError::Gap { from, to } => ("gap", Some((from, to))),
        PartsError::Malformed { from, to } => ("malformed", Some((from, to))),
        _ => ("empty", None),
    })
}
