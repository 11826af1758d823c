//! A switch and a gauge for work that has none of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use neon::prelude::*;

/// By this, JavaScript cancels work and watches it. Clones are the same job.
///
/// The work asks it now and then, many times a second. A job that JavaScript has dropped is cancelled: TypeScript holds it
/// as long as it waits, so nobody does any more, or the worker thread has ended.
///
/// A library that can be cancelled and watched by a handle of its own needs no job: let the addon box that handle.
///
/// ```
/// let job = neon_boundary::Job::default();
/// job.begin(200);
/// job.advance(50);
/// assert_eq!(job.fraction(), 0.25);
/// job.cancel();
/// assert!(job.is_cancelled());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Job(Arc<State>);

#[derive(Debug, Default)]
struct State {
    cancelled: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
}

impl Job {
    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the work is to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// Says how much there is to do, in units of the work's choice.
    pub fn begin(&self, total: u64) {
        self.0.done.store(0, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
    }

    /// Says that so much more is done.
    pub fn advance(&self, units: u64) {
        self.0.done.fetch_add(units, Ordering::Relaxed);
    }

    /// The share that is done, from 0 to 1.
    #[must_use]
    pub fn fraction(&self) -> f64 {
        let total = self.0.total.load(Ordering::Relaxed);
        let done = self.0.done.load(Ordering::Relaxed).min(total);
        if total == 0 { 0.0 } else { done as f64 / total as f64 }
    }

    /// The job that is an argument.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn argument(cx: &mut FunctionContext, index: usize) -> NeonResult<Self> {
        Ok(cx.argument::<JsBox<Self>>(index)?.as_inner().clone())
    }

    /// `createJob(): Job`
    ///
    /// # Errors
    ///
    /// Never.
    pub fn create<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsBox<Self>> {
        Ok(cx.boxed(Self::default()))
    }

    /// `cancel(job): void`
    ///
    /// # Errors
    ///
    /// When the argument is no job.
    pub fn js_cancel<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsUndefined> {
        Self::argument(cx, 0)?.cancel();
        Ok(cx.undefined())
    }

    /// `progress(job): number`, from 0 to 1.
    ///
    /// # Errors
    ///
    /// When the argument is no job.
    pub fn js_progress<'cx>(cx: &mut FunctionContext<'cx>) -> JsResult<'cx, JsNumber> {
        let fraction = Self::argument(cx, 0)?.fraction();
        Ok(cx.number(fraction))
    }
}

impl Finalize for Job {
    fn finalize<'a, C: Context<'a>>(self, _cx: &mut C) {
        self.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_within_its_bounds() {
        let job = Job::default();
        assert_eq!(job.fraction(), 0.0, "nothing was said of the whole");
        job.begin(10);
        job.advance(25);
        assert_eq!(job.fraction(), 1.0);
        job.begin(10);
        assert_eq!(job.fraction(), 0.0);
    }
}
