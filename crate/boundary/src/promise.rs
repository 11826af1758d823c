//! Promises for work that is done elsewhere.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use neon::event::Channel;
use neon::prelude::*;
use neon::result::Throw;
use neon::types::Deferred;

use crate::export::contained;
use crate::fault;
use crate::panic::caught;
use crate::pool::{Call, NoThread};

/// Why work gave no result: the promise for it is rejected with the error that this becomes.
pub trait Failure: From<NoThread> + From<Panicked> + Send + 'static {
    /// An `Error`, with properties by which TypeScript tells it from others.
    ///
    /// # Errors
    ///
    /// When the context refuses: the promise is rejected with that.
    fn into_js<'cx>(self, cx: &mut Cx<'cx>) -> JsResult<'cx, JsError>;
}

/// Work panicked; this is the message, with the place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the computation panicked: {0}")]
pub struct Panicked(pub String);

/// Turns a result into a value, on the thread of a context.
pub type Conversion = Box<dyn for<'cx> FnOnce(&mut Cx<'cx>) -> JsResult<'cx, JsValue> + Send>;

/// A step of work: nothing as long as there is more to do, then what makes its result a value.
pub struct Work<E>(Box<dyn FnMut() -> Result<Option<Conversion>, E> + Send>);

impl<E> fmt::Debug for Work<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Work").finish_non_exhaustive()
    }
}

impl<E: 'static> Work<E> {
    /// Work that is called until it gives a result, of which `into_js` makes a value. Where it takes many steps, others may have
    /// its place between two of them.
    pub fn new<T, V>(
        mut work: impl FnMut() -> Result<Option<T>, E> + Send + 'static,
        into_js: impl for<'cx> FnOnce(&mut Cx<'cx>, T) -> JsResult<'cx, V> + Send + 'static,
    ) -> Self
    where
        T: Send + 'static,
        V: Value,
    {
        // Boxed, so that only this much of the code is there once for each kind of work.
        let mut into_js = Some(into_js);
        Self(Box::new(move || {
            let Some(result) = work()? else { return Ok(None) };
            Ok(into_js.take().map(|into_js| -> Conversion {
                Box::new(|cx| into_js(cx, result).map(|value| value.upcast()))
            }))
        }))
    }

    /// The same work, which holds something until it ends.
    #[must_use]
    pub fn holding(mut self, held: impl Send + 'static) -> Self {
        Self(Box::new(move || {
            let _held = &held;
            (self.0)()
        }))
    }
}

/// Work of a single step.
pub fn at_once<T, E>(work: impl FnOnce() -> Result<T, E>) -> impl FnMut() -> Result<Option<T>, E> {
    let mut work = Some(work);
    move || work.take().map(|work| work()).transpose()
}

/// Work that is under way, or that begins now.
///
/// # Errors
///
/// Those of the beginning.
pub fn begun<W, E>(work: &mut Option<W>, begin: impl FnOnce() -> Result<W, E>) -> Result<&mut W, E> {
    let begun = match work.take() {
        Some(work) => work,
        None => begin()?,
    };
    Ok(work.insert(begun))
}

/// A promise to settle from any thread; until then it keeps the event loop waiting.
pub struct Promised {
    channel: Channel,
    deferred: Deferred,
}

impl fmt::Debug for Promised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Promised").finish_non_exhaustive()
    }
}

impl Promised {
    /// A promise, and what JavaScript gets of it.
    pub fn new<'cx>(cx: &mut FunctionContext<'cx>) -> (Self, Handle<'cx, JsPromise>) {
        let channel = cx.channel();
        let (deferred, promise) = cx.promise();
        (Self { channel, deferred }, promise)
    }

    /// Settles it with the value that a conversion makes, or rejects it. A panic on the way rejects it, too.
    pub fn settle<E: Failure>(self, outcome: Result<Conversion, E>) {
        let Self { channel, deferred } = self;
        // The error of `try_send` says that the context has ended: nobody waits any more.
        let _ended = channel.try_send(move |mut cx| {
            settle(&mut cx, deferred, outcome);
            Ok(())
        });
    }
}

/// Work whose promise waits.
pub(crate) struct Computing<E> {
    work: Work<E>,
    promised: Option<Promised>,
}

impl<E> Computing<E> {
    pub(crate) fn new(work: Work<E>, promised: Promised) -> Self {
        Self { work, promised: Some(promised) }
    }
}

impl<E: Failure> Call for Computing<E> {
    fn step(&mut self) -> bool {
        let Some(outcome) = run(&mut self.work).transpose() else { return true };
        if let Some(promised) = self.promised.take() {
            promised.settle(outcome);
        }
        false
    }

    fn refuse(self: Box<Self>, reason: NoThread) {
        if let Some(promised) = self.promised {
            promised.settle(Err(E::from(reason)));
        }
    }
}

fn run<E: Failure>(work: &mut Work<E>) -> Result<Option<Conversion>, E> {
    caught(|| {
        fault::point("work");
        (work.0)()
    })
    .map_err(Panicked)?
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

/// Settles a promise on the thread of its context.
fn settle<E: Failure>(cx: &mut Cx, deferred: Deferred, outcome: Result<Conversion, E>) {
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
            let error = E::from(Panicked(message)).into_js(cx)?;
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
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Text(String);

    impl From<NoThread> for Text {
        fn from(reason: NoThread) -> Self {
            Self(reason.to_string())
        }
    }

    impl From<Panicked> for Text {
        fn from(panic: Panicked) -> Self {
            Self(panic.to_string())
        }
    }

    impl Failure for Text {
        fn into_js<'cx>(self, cx: &mut Cx<'cx>) -> JsResult<'cx, JsError> {
            cx.error(self.0)
        }
    }

    fn work<T: Send + 'static>(work: impl FnMut() -> Result<Option<T>, Text> + Send + 'static) -> Work<Text> {
        Work::new(work, |cx, _result| Ok(cx.undefined()))
    }

    /// Whether a step ended the work.
    fn stepped(work: &mut Work<Text>) -> Result<bool, Text> {
        Ok(run(work)?.is_some())
    }

    #[test]
    fn work_of_steps_gives_its_result_at_the_end() {
        let mut left = None;
        let mut steps = work(move || {
            let left = begun(&mut left, || Ok::<_, Text>(vec![1, 2, 3]))?;
            left.pop();
            Ok(left.is_empty().then_some("done"))
        });
        assert_eq!([(); 3].map(|()| stepped(&mut steps)), [Ok(false), Ok(false), Ok(true)]);
        assert_eq!(stepped(&mut work(at_once(|| Ok(7)))), Ok(true));
        assert_eq!(begun(&mut None::<u8>, || Err("cancelled")), Err("cancelled"));
    }

    #[test]
    fn work_gives_a_result_a_failure_or_a_panic() {
        let refused = || Text("no".into());
        assert_eq!(stepped(&mut work(at_once(move || Err::<(), _>(refused())))), Err(refused()));
        let message = stepped(&mut work::<()>(|| panic!("block 7"))).unwrap_err().0;
        assert_eq!(message, "the computation panicked: block 7");
    }

    #[test]
    fn what_work_holds_goes_with_it() {
        let held = Arc::new(());
        let mut holding = work(at_once(|| Ok(()))).holding(Arc::clone(&held));
        assert_eq!(stepped(&mut holding), Ok(true));
        assert_eq!(Arc::strong_count(&held), 2);
        drop(holding);
        assert_eq!(Arc::strong_count(&held), 1);
    }
}
