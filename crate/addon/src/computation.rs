//! Runs work off the event loop and settles a promise with what came of it.

use std::sync::{Arc, Mutex, PoisonError};

use neon::event::Channel;
use neon::prelude::*;
use neon::result::Throw;
use neon::types::Deferred;

use crate::boundary::contained;
use crate::failure::Failure;
use crate::fault;
use crate::job::JobHandle;
use crate::lanes::Length;
use crate::memory::{self, Ask, Lease, Refusal};
use crate::panic::caught;
use crate::runtime::{self, Call, NoThread};

/// Turns a result into a value, on the thread of a context.
type Conversion = Box<dyn for<'cx> FnOnce(&mut Cx<'cx>) -> JsResult<'cx, JsValue> + Send>;

/// A step of the work; the result after the last one.
type Work = Box<dyn FnMut() -> Result<Option<Conversion>, compute_pi::Error> + Send>;

/// Work of a single step.
pub fn at_once<T>(
    work: impl FnOnce() -> Result<T, compute_pi::Error>,
) -> impl FnMut() -> Result<Option<T>, compute_pi::Error> {
    let mut work = Some(work);
    move || work.take().map(|work| work()).transpose()
}

/// Work that is under way, or that begins now.
pub fn begun<W>(
    work: &mut Option<W>,
    begin: impl FnOnce() -> Result<W, compute_pi::Error>,
) -> Result<&mut W, compute_pi::Error> {
    let begun = match work.take() {
        Some(work) => work,
        None => begin()?,
    };
    Ok(work.insert(begun))
}

/// A promise for `work`, which takes one thread about so many seconds; it runs when there is memory for what `ask` says, if
/// it says anything, and its turn comes; `into_js` makes its result a value. Work is called until it gives a result, and where it takes
/// many steps, others may have its place between two of them.
///
/// The promise settles on every path: a result, a refusal, a cancelled job, or a panic, whose message the rejection
/// carries.
pub fn promise<'cx, T, W, V, F>(
    cx: &mut FunctionContext<'cx>,
    job: JobHandle,
    seconds: f64,
    ask: Option<Ask>,
    work: W,
    into_js: F,
) -> JsResult<'cx, JsPromise>
where
    T: Send + 'static,
    W: FnMut() -> Result<Option<T>, compute_pi::Error> + Send + 'static,
    V: Value,
    F: for<'a> FnOnce(&mut Cx<'a>, T) -> JsResult<'a, V> + Send + 'static,
{
    // Boxed, so that only this much of the code is there once for each export.
    let recorded = job.clone();
    let (mut work, mut into_js) = (work, Some(into_js));
    let work: Work = Box::new(move || {
        let Some(result) = recorded.record().during(&mut work)? else { return Ok(None) };
        Ok(into_js
            .take()
            .map(|into_js| -> Conversion { Box::new(|cx| into_js(cx, result).map(|value| value.upcast())) }))
    });
    let length = Length::of(seconds);
    let channel = cx.channel();
    let (deferred, promise) = cx.promise();
    let promised = Promised { channel, deferred };
    match ask {
        None => compute(length, work, None, promised),
        Some(ask) => {
            let handle = job.handle().clone();
            let then = move |admitted: Result<Lease, Refusal>| match admitted {
                Ok(lease) => {
                    job.hold(lease.clone());
                    compute(length, work, Some(lease), promised);
                }
                Err(refusal) => promised.settle(Err(refusal.into())),
            };
            memory::admit(ask, handle, Box::new(then));
        }
    }
    Ok(promise)
}

/// Runs work when its turn comes. Its memory is its own until it ends.
fn compute(length: Length, work: Work, lease: Option<Lease>, promised: Promised) {
    runtime::submit(length, Box::new(Computing { work, promised: Some(promised), _lease: lease }));
}

/// Work whose promise waits.
struct Computing {
    work: Work,
    promised: Option<Promised>,
    _lease: Option<Lease>,
}

impl Call for Computing {
    fn step(&mut self) -> bool {
        let Some(outcome) = run(&mut self.work).transpose() else { return true };
        if let Some(promised) = self.promised.take() {
            promised.settle(outcome);
        }
        false
    }

    fn refuse(self: Box<Self>, reason: NoThread) {
        if let Some(promised) = self.promised {
            promised.settle(Err(Failure::Threads(reason)));
        }
    }
}

/// A promise to settle from any thread; until then it keeps the event loop waiting.
struct Promised {
    channel: Channel,
    deferred: Deferred,
}

impl Promised {
    fn settle(self, outcome: Result<Conversion, Failure>) {
        let Self { channel, deferred } = self;
        // The error of `try_send` says that the context has ended: nobody waits any more.
        let _ended = channel.try_send(move |mut cx| {
            settle(&mut cx, deferred, outcome);
            Ok(())
        });
    }
}

/// A promise that whoever comes first settles.
#[derive(Clone)]
struct Unsettled(Arc<Mutex<Option<Deferred>>>);

impl Unsettled {
    fn new(deferred: Deferred) -> Self {
        Self(Arc::new(Mutex::new(Some(deferred))))
    }

    fn take(&self) -> Option<Deferred> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Does nothing to a promise that is settled.
    fn reject<'cx>(&self, cx: &mut Cx<'cx>, reason: Handle<'cx, JsValue>) {
        if let Some(deferred) = self.take() {
            deferred.reject(cx, reason);
        }
    }
}

fn run<T>(work: impl FnOnce() -> Result<T, compute_pi::Error>) -> Result<T, Failure> {
    let work = || {
        fault::point("work");
        work()
    };
    caught(work).map_err(Failure::Panic)?.map_err(Failure::Engine)
}

/// Settles a promise on the thread of its context.
fn settle(cx: &mut Cx, deferred: Deferred, outcome: Result<Conversion, Failure>) {
    let deferred = Unsettled::new(deferred);
    let converted = contained(cx, |cx| {
        fault::point("conversion");
        cx.try_catch(|cx| match outcome {
            Ok(conversion) => conversion(cx),
            Err(failure) => {
                let error = failure.into_js(cx)?;
                cx.throw(error)
            }
        })
    });
    let settled = match converted {
        Ok(Ok(value)) => contained(cx, |cx| {
            fault::point("settling");
            if let Some(deferred) = deferred.take() {
                deferred.resolve(cx, value);
            }
        }),
        Ok(Err(reason)) => contained(cx, |cx| deferred.reject(cx, reason)),
        Err(message) => Err(message),
    };
    // Where a context has ended, this is refused too, and nobody waits.
    if let Err(message) = settled {
        let _told = contained(cx, |cx| {
            let error = Failure::Panic(message).into_js(cx)?;
            deferred.reject(cx, error.upcast());
            Ok::<(), Throw>(())
        });
        let _told = contained(cx, |cx| {
            let reason = cx.undefined().upcast();
            deferred.reject(cx, reason);
        });
    }
}

#[cfg(test)]
mod tests {
    use compute_pi::Error;

    use super::*;

    #[test]
    fn work_of_steps_gives_its_result_at_the_end() {
        let mut left = None;
        let mut work = move || {
            let left = begun(&mut left, || Ok(vec![1, 2, 3]))?;
            left.pop();
            Ok::<_, Error>(left.is_empty().then_some("done"))
        };
        let all: Vec<_> = std::iter::repeat_with(|| run(&mut work)).take(3).collect();
        assert_eq!(all, [Ok(None), Ok(None), Ok(Some("done"))]);
        assert_eq!(run(at_once(|| Ok(7))), Ok(Some(7)));
        assert_eq!(begun(&mut None::<u8>, || Err(Error::Cancelled)), Err(Error::Cancelled));
    }

    #[test]
    fn work_gives_a_result_a_refusal_or_a_panic() {
        assert_eq!(run(|| Ok(7)), Ok(7));
        assert_eq!(run(|| Err::<(), _>(Error::Cancelled)), Err(Failure::Engine(Error::Cancelled)));
        assert_eq!(run::<()>(|| panic!("limb 7")), Err(Failure::Panic("limb 7".into())));
    }
}
