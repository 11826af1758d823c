//! Runs work off the event loop, in memory that it is admitted to.

use std::sync::LazyLock;

use compute_pi::{Options, THREAD_STACK, Turns};
use neon::prelude::*;
use neon_boundary::{Length, Pool, Promised, Work};

use crate::failure::Failure;
use crate::job::JobHandle;
use crate::memory::{self, Ask, Lease, Refusal};

/// The threads that calls compute on.
static POOL: Pool = Pool::new("compute-pi", THREAD_STACK).with_cpus(cpus).with_turns(in_turn);

fn cpus() -> usize {
    Options::new().threads()
}

/// Does a step of a call when the engine has a CPU for it.
fn in_turn(length: Length, step: &mut dyn FnMut()) {
    static TURNS: LazyLock<Turns> = LazyLock::new(|| Turns::new(cpus()));
    TURNS.run(length.is_short(), step);
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
    mut work: W,
    into_js: F,
) -> JsResult<'cx, JsPromise>
where
    T: Send + 'static,
    W: FnMut() -> Result<Option<T>, compute_pi::Error> + Send + 'static,
    V: Value,
    F: for<'a> FnOnce(&mut Cx<'a>, T) -> JsResult<'a, V> + Send + 'static,
{
    let recorded = job.clone();
    let work = Work::new(move || recorded.record().during(&mut work).map_err(Failure::Engine), into_js);
    let (promised, promise) = Promised::new(cx);
    compute(job, Length::of(seconds), ask, work, promised);
    Ok(promise)
}

/// Computes when there is memory. It belongs to the work until that ends.
fn compute(job: JobHandle, length: Length, ask: Option<Ask>, work: Work<Failure>, promised: Promised) {
    let Some(ask) = ask else { return POOL.compute(length, work, promised) };
    let handle = job.handle().clone();
    let then = move |admitted: Result<Lease, Refusal>| match admitted {
        Ok(lease) => {
            job.hold(lease.clone());
            POOL.compute(length, work.holding(lease), promised);
        }
        Err(refusal) => promised.settle(Err(Failure::from(refusal))),
    };
    memory::admit(ask, handle, Box::new(then));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{Sender, channel};
    use std::thread::sleep;
    use std::time::Duration;

    use neon_boundary::{Call, NoThread};

    use super::*;

    struct Counting {
        running: Arc<AtomicUsize>,
        most: Arc<AtomicUsize>,
        done: Sender<()>,
    }

    impl Call for Counting {
        fn step(&mut self) -> bool {
            self.most.fetch_max(self.running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            sleep(Duration::from_millis(20));
            self.running.fetch_sub(1, Ordering::SeqCst);
            self.done.send(()).unwrap();
            false
        }

        fn refuse(self: Box<Self>, reason: NoThread) {
            panic!("{reason}");
        }
    }

    #[test]
    fn no_more_calls_compute_at_once_than_there_are_cpus() {
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (done, dones) = channel();
        for at in 0..8 {
            let length = Length::of([0.001, 0.1, 5.0, 1e5][at % 4]);
            let (running, most) = (Arc::clone(&running), Arc::clone(&most));
            POOL.submit(length, Box::new(Counting { running, most, done: done.clone() }));
        }
        assert_eq!(dones.iter().take(8).count(), 8);
        // Short ones do not wait for long for those that never look around.
        assert!((1..=cpus() + 1).contains(&most.load(Ordering::SeqCst)));
    }
}
