//! The threads that calls run on, shared by every context of the process.
//!
//! Calls wait in lanes of our own, and Tokio lends the threads that work it off. Tokio panics when the first of them cannot
//! be made, and keeps what was to run on it; here that is an empty-handed worker, and the calls are told.

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, io, thread};

use neon::prelude::*;
use once_cell::sync::OnceCell;
use tokio::runtime::{Builder, Runtime};

use crate::fault;
use crate::lanes::{Lanes, Length};
use crate::panic::caught;
use crate::promise::{Computing, Failure, Promised, Work};

/// Bytes beside its stack that have to be there before a thread is started.
const ROOM: usize = 1 << 20;

/// How long a call that can be interrupted goes on at least when others wait for its place.
const SLICE: Duration = Duration::from_millis(200);

/// A call that waits for its turn, or is under way.
pub trait Call: Send {
    /// Does its work, or a step of it that others may wait for; whether there is more.
    fn step(&mut self) -> bool;

    /// Is told that there is no thread that could take it.
    fn refuse(self: Box<Self>, reason: NoThread);
}

/// Why there is no thread for a call.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoThread {
    /// The memory for its stack and its local data is refused.
    #[error("the system refused {bytes} bytes of memory for a thread")]
    Memory {
        /// How much it would take.
        bytes: u64,
    },
    /// The system gives none.
    #[error("the system gives no thread to compute on: {0}")]
    Refused(String),
}

/// The threads of an addon: a static of it.
///
/// Of each kind of calls one may be under way whatever the others do, and any call may while fewer are than the process has CPUs: so short
/// calls never wait for long ones to end, and there are at most three threads more than CPUs. One that has had nothing to do for ten
/// seconds ends.
#[derive(Debug)]
pub struct Pool {
    settings: Settings,
    calls: OnceCell<Calls>,
}

/// Does a step of a call, in its turn.
type Turn = fn(Length, &mut dyn FnMut());

#[derive(Clone, Copy, Debug)]
struct Settings {
    name: &'static str,
    stack: usize,
    cpus: fn() -> usize,
    turn: Turn,
}

impl Pool {
    /// Threads of this name, with so many bytes of stack whatever the environment says, made when they are needed.
    #[must_use]
    pub const fn new(name: &'static str, stack: usize) -> Self {
        Self { settings: Settings { name, stack, cpus, turn: |_, step| step() }, calls: OnceCell::new() }
    }

    /// Lets the addon say how many CPUs there are for it.
    #[must_use]
    pub const fn with_cpus(mut self, cpus: fn() -> usize) -> Self {
        self.settings.cpus = cpus;
        self
    }

    /// Lets the addon's library say when a call that is under way has its turn: `turn` does what it is given when that is so.
    #[must_use]
    pub const fn with_turns(mut self, turn: fn(Length, &mut dyn FnMut())) -> Self {
        self.settings.turn = turn;
        self
    }

    /// A promise for work, which takes about that long; `into_js` makes its result a value. It settles on every path.
    ///
    /// # Errors
    ///
    /// Never: whatever fails rejects the promise.
    pub fn promise<'cx, T, V, E>(
        &self,
        cx: &mut FunctionContext<'cx>,
        length: Length,
        work: impl FnMut() -> Result<Option<T>, E> + Send + 'static,
        into_js: impl for<'a> FnOnce(&mut Cx<'a>, T) -> JsResult<'a, V> + Send + 'static,
    ) -> JsResult<'cx, JsPromise>
    where
        T: Send + 'static,
        V: Value,
        E: Failure,
    {
        let (promised, promise) = Promised::new(cx);
        self.compute(length, Work::new(work, into_js), promised);
        Ok(promise)
    }

    /// Does work when its turn comes, and settles the promise with its result.
    pub fn compute<E: Failure>(&self, length: Length, work: Work<E>, promised: Promised) {
        self.submit(length, Box::new(Computing::new(work, promised)));
    }

    /// Runs a call when its turn comes.
    pub fn submit(&self, length: Length, call: Box<dyn Call>) {
        match self.calls.get_or_try_init(|| Calls::new(self.settings)) {
            Ok(calls) => calls.submit(length, call),
            Err(error) => call.refuse(NoThread::Refused(error.to_string())),
        }
    }
}

fn cpus() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Calls that wait or are under way, and the threads for them.
#[derive(Debug)]
struct Calls {
    runtime: Runtime,
    state: Arc<State>,
    stack: usize,
    /// Whether Tokio has kept a worker that it had no thread for.
    is_worker_left: AtomicBool,
}

struct State {
    queue: Mutex<Queue>,
    turn: Turn,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}

type Waiting = Lanes<Box<dyn Call>>;

struct Queue {
    lanes: Waiting,
    /// The workers that look at the lanes again before they end.
    workers: usize,
}

impl Calls {
    /// The runtime has no thread of its own: nothing but blocking work is spawned, and a thread for that is made when none is
    /// idle.
    fn new(Settings { name, stack, cpus, turn }: Settings) -> io::Result<Self> {
        let lanes = Lanes::new(cpus());
        let runtime = Builder::new_current_thread()
            .max_blocking_threads(lanes.most())
            .thread_name(name)
            .thread_stack_size(stack)
            .build()?;
        let state = Arc::new(State { queue: Mutex::new(Queue { lanes, workers: 0 }), turn });
        Ok(Self { runtime, state, stack, is_worker_left: AtomicBool::new(false) })
    }

    fn submit(&self, length: Length, call: Box<dyn Call>) {
        {
            let mut queue = self.state.lock();
            let most = queue.lanes.most();
            if !queue.lanes.push(length, call) || queue.workers == most {
                return;
            }
            queue.workers += 1;
        }
        let Err(refused) = self.start_worker() else { return };
        let waiting: Vec<_> = {
            let mut queue = self.state.lock();
            queue.workers -= 1;
            // The others work it off, if there are any.
            if queue.workers > 0 { Vec::new() } else { queue.lanes.drain().collect() }
        };
        for call in waiting {
            call.refuse(refused.clone());
        }
    }

    fn start_worker(&self) -> Result<(), NoThread> {
        require_room(self.stack)?;
        // One worker that Tokio keeps in vain is enough: try by ourselves before it gets another.
        if self.is_worker_left.load(Ordering::Relaxed) {
            let thread = thread::Builder::new().stack_size(self.stack).spawn(|| ());
            let _idle = thread.map_err(|error| NoThread::Refused(error.to_string()))?.join();
        }
        let is_wanted = Arc::new(AtomicBool::new(true));
        let worker = {
            let (state, is_wanted) = (Arc::clone(&self.state), Arc::clone(&is_wanted));
            move || {
                if is_wanted.load(Ordering::Acquire) {
                    state.work_off();
                }
            }
        };
        let started = caught(|| {
            fault::point("thread");
            drop(self.runtime.spawn_blocking(worker));
        });
        if started.is_err() {
            is_wanted.store(false, Ordering::Release);
        }
        self.is_worker_left.store(started.is_err(), Ordering::Relaxed);
        started.map_err(NoThread::Refused)
    }
}

/// Refuses to start a thread that may find no memory for its stack and its local data: the C library ends the process then.
/// An allocator that keeps a reserve sees to it here; what a call needs at first is taken from that.
fn require_room(stack: usize) -> Result<(), NoThread> {
    let mut room = Vec::<u8>::new();
    let is_room = room.try_reserve_exact(stack + ROOM).is_ok();
    black_box(&mut room);
    if is_room { Ok(()) } else { Err(NoThread::Memory { bytes: (stack + ROOM) as u64 }) }
}

impl State {
    fn work_off(&self) {
        let mut next = self.next(|lanes| lanes.begin());
        while let Some((length, mut call)) = next {
            // A call catches its own panics; one that did not must not cost a worker.
            let mut is_left = false;
            let done = caught(|| (self.turn)(length, &mut || is_left = self.steps(length, &mut *call)));
            next = if is_left && done.is_ok() {
                self.next(|lanes| lanes.pause(length, call))
            } else {
                drop(call);
                self.next(|lanes| lanes.end(length))
            };
        }
    }

    /// The next call by the lanes; none ends a worker.
    fn next(
        &self,
        by: impl FnOnce(&mut Waiting) -> Option<(Length, Box<dyn Call>)>,
    ) -> Option<(Length, Box<dyn Call>)> {
        let mut queue = self.lock();
        let next = by(&mut queue.lanes);
        if next.is_none() {
            queue.workers -= 1;
        }
        next
    }

    /// Does a call's steps until there are no more, or others should have its place; whether there are more.
    fn steps(&self, length: Length, call: &mut dyn Call) -> bool {
        let start = Instant::now();
        while call.step() {
            if start.elapsed() >= SLICE && self.lock().lanes.is_awaited(length) {
                return true;
            }
        }
        false
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::sync::mpsc;
    use std::thread::sleep;
    use std::time::Duration;

    use super::*;

    /// A call of so many steps, each of which does something.
    struct Steps<F>(usize, F);

    impl<F: FnMut(Result<usize, NoThread>) + Send> Call for Steps<F> {
        fn step(&mut self) -> bool {
            self.0 -= 1;
            self.1(Ok(self.0));
            self.0 > 0
        }

        fn refuse(mut self: Box<Self>, reason: NoThread) {
            self.1(Err(reason));
        }
    }

    /// A pool of two CPUs.
    const fn pool() -> Pool {
        Pool::new("test", 1 << 20).with_cpus(|| 2)
    }

    #[test]
    fn the_calls_under_way_are_bounded_and_a_panic_costs_no_thread() {
        let calls = pool();
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (done, dones) = mpsc::channel();
        for at in 0..8 {
            let (running, most, done) = (Arc::clone(&running), Arc::clone(&most), done.clone());
            let length = Length::of([0.001, 0.1, 5.0, 1e5][at % 4]);
            let step = move |turn| {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                sleep(Duration::from_millis(20));
                running.fetch_sub(1, Ordering::SeqCst);
                done.send(turn).unwrap();
                assert!(at != 3, "this one panics");
            };
            calls.submit(length, Box::new(Steps(1, step)));
        }
        assert_eq!(dones.iter().take(8).collect::<Vec<_>>(), vec![Ok(0); 8]);
        assert!((2..=5).contains(&most.load(Ordering::SeqCst)));
    }

    #[test]
    fn endless_calls_beyond_the_cpus_all_go_on_and_keep_no_other_from_its_place() {
        const CALLS: usize = 5;
        let calls = pool();
        let (stepped, steps) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        for at in 0..CALLS {
            let (stepped, stop) = (stepped.clone(), Arc::clone(&stop));
            let step = move |_turn| {
                sleep(Duration::from_millis(10));
                let _nobody_listens = stepped.send(at);
                if stop.load(Ordering::Relaxed) {
                    std::panic::resume_unwind(Box::new("stopped"));
                }
            };
            calls.submit(Length::of(1e5), Box::new(Steps(usize::MAX, step)));
        }
        let mut seen = [0; CALLS];
        while seen.contains(&0) {
            seen[steps.recv_timeout(Duration::from_secs(60)).unwrap()] += 1;
        }
        let (done, dones) = mpsc::channel();
        for length in [0.001, 0.1, 5.0].map(Length::of) {
            let done = done.clone();
            calls.submit(length, Box::new(Steps(1, move |turn| done.send(turn).unwrap())));
        }
        for _ in 0..3 {
            assert_eq!(dones.recv_timeout(Duration::from_secs(60)), Ok(Ok(0)));
        }
        stop.store(true, Ordering::Relaxed);
    }

    #[test]
    fn the_library_says_when_a_call_has_its_turn() {
        static TURNS: Mutex<Vec<Length>> = Mutex::new(Vec::new());
        let calls = pool().with_turns(|length, step| {
            TURNS.lock().unwrap().push(length);
            step();
        });
        let (done, dones) = mpsc::channel();
        calls.submit(Length::of(5.0), Box::new(Steps(1, move |turn| done.send(turn).unwrap())));
        assert_eq!(dones.recv_timeout(Duration::from_secs(60)), Ok(Ok(0)));
        assert_eq!(*TURNS.lock().unwrap(), [Length::of(5.0)]);
    }
}
