//! Why a call gave no result, and how JavaScript is told.

use neon::prelude::*;
use neon_boundary::{NoThread, Panicked};

/// Why a call gave no result.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Failure {
    #[error("the work was cancelled")]
    Cancelled,
    #[error(transparent)]
    Threads(#[from] NoThread),
    #[error(transparent)]
    Panic(#[from] Panicked),
}

impl neon_boundary::Failure for Failure {
    /// An `Error` with a `kind`, by which TypeScript tells failures apart.
    fn into_js<'cx>(self, cx: &mut Cx<'cx>) -> JsResult<'cx, JsError> {
        let kind = match self {
            Self::Cancelled => "cancelled",
            Self::Threads(_) => "threads",
            Self::Panic(_) => "panic",
        };
        let error = cx.error(self.to_string())?;
        error.prop(cx, "kind").set(kind)?;
        Ok(error)
    }
}
