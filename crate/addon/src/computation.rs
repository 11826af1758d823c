//! Runs work off the event loop and settles a promise with what came of it.

use neon::prelude::*;
use neon::types::Deferred;

use crate::failure::Failure;
use crate::job::JobHandle;
use crate::runtime::Threads;

/// A promise for `work`, which runs when its turn comes; `into_js` makes its result a value.
///
/// The promise settles on every path: a result, a refusal, a cancelled job (at once, even while it
/// waits for its turn), or a panic, whose message the rejection carries.
pub fn promise<'cx, T, W, V, F>(
    cx: &mut FunctionContext<'cx>,
    handle: &JobHandle,
    work: W,
    into_js: F,
) -> JsResult<'cx, JsPromise>
where
    T: Send + 'static,
    W: FnOnce() -> Result<T, compute_pi::Error> + Send + 'static,
    V: Value,
    F: for<'a> FnOnce(&mut Cx<'a>, T) -> JsResult<'a, V> + Send + 'static,
{
    let threads = Threads::shared(cx)?;
    let channel = cx.channel();
    let (deferred, promise) = cx.promise();
    let handle = handle.clone();
    threads.handle().spawn(async move {
        let outcome = run(threads, &handle, work).await;
        settle(deferred, &channel, outcome, into_js);
    });
    Ok(promise)
}

/// Waits for a turn, then runs `work` on a thread where it may block.
async fn run<T, W>(threads: &'static Threads, handle: &JobHandle, work: W) -> Result<T, Failure>
where
    T: Send + 'static,
    W: FnOnce() -> Result<T, compute_pi::Error> + Send + 'static,
{
    let _permit = tokio::select! {
        biased;
        () = handle.cancelled.notified() => return Err(compute_pi::Error::Cancelled.into()),
        permit = threads.permits().acquire_owned() => permit,
    };
    // A task of its own, so that a thread that cannot be made is a failure too, and not a lost promise.
    let task = threads.handle().spawn(async { tokio::task::spawn_blocking(work).await });
    match task.await {
        Ok(Ok(outcome)) => outcome.map_err(Failure::from),
        Ok(Err(error)) | Err(error) => Err(Failure::from_join(error)),
    }
}

fn settle<T, V, F>(deferred: Deferred, channel: &Channel, outcome: Result<T, Failure>, into_js: F)
where
    T: Send + 'static,
    V: Value,
    F: for<'a> FnOnce(&mut Cx<'a>, T) -> JsResult<'a, V> + Send + 'static,
{
    // The error of `try_settle_with` says that the environment has ended: nobody waits any more.
    let _ended = deferred.try_settle_with(channel, move |mut cx| match outcome {
        Ok(result) => into_js(&mut cx, result),
        Err(failure) => {
            let error = failure.into_js(&mut cx)?;
            cx.throw(error)
        }
    });
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use compute_pi::Error;
    use once_cell::sync::Lazy;

    use super::*;

    static ONE: Lazy<Threads> = Lazy::new(|| Threads::new(1).unwrap());

    fn wait<T: Send + 'static>(
        handle: &JobHandle,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Failure> {
        ONE.handle().block_on(run(&ONE, handle, work))
    }

    #[test]
    fn a_panic_is_a_failure_with_its_message() {
        let outcome = wait::<()>(&JobHandle::default(), || panic!("limb {} is missing", 7));
        assert_eq!(outcome, Err(Failure::Panic("limb 7 is missing".into())));
    }

    #[test]
    fn a_cancelled_job_does_not_wait_for_its_turn() {
        let _turn = ONE.handle().block_on(ONE.permits().acquire_owned()).unwrap();
        let handle = JobHandle::default();
        let waiting = handle.clone();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(20));
            handle.cancel();
        });
        assert_eq!(wait(&waiting, || Ok(1)), Err(Failure::Engine(Error::Cancelled)));
    }
}
