//! The threads that calls compute on, shared by every context of the process.
//!
//! Calls wait in a queue of our own, and Tokio lends the threads that work it off. Tokio panics when the first of them cannot
//! be made, and keeps what was to run on it; here that is an empty-handed worker, and the calls are told.

use std::hint::black_box;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use compute_pi::{Options, Turns};
use once_cell::sync::OnceCell;
use tokio::runtime::{Builder, Runtime};

use crate::fault;
use crate::lanes::{Lanes, Length};
use crate::panic::caught;

/// Bytes of stack for a call, whatever the environment says.
const STACK: usize = compute_pi::THREAD_STACK;

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
    Memory { bytes: u64 },
    /// The system gives none.
    #[error("the system gives no thread to compute on: {0}")]
    Refused(String),
}

static CALLS: OnceCell<Calls> = OnceCell::new();

/// Runs a call when its turn comes.
pub fn submit(length: Length, call: Box<dyn Call>) {
    match CALLS.get_or_try_init(|| Calls::new(Options::new().threads())) {
        Ok(calls) => calls.submit(length, call),
        Err(error) => call.refuse(NoThread::Refused(error.to_string())),
    }
}

/// Calls that wait or are under way, and the threads for them.
struct Calls {
    runtime: Runtime,
    state: Arc<State>,
    /// Whether Tokio has kept a worker that it had no thread for.
    is_worker_left: AtomicBool,
}

struct State {
    queue: Mutex<Queue>,
    turns: &'static Turns,
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
    fn new(cpus: usize) -> io::Result<Self> {
        let lanes = Lanes::new(cpus);
        let runtime = Builder::new_current_thread()
            .max_blocking_threads(lanes.most())
            .thread_name("compute-pi")
            .thread_stack_size(STACK)
            .build()?;
        // It is there as long as the process.
        let turns = Box::leak(Box::new(Turns::new(cpus)));
        let state = Arc::new(State { queue: Mutex::new(Queue { lanes, workers: 0 }), turns });
        Ok(Self { runtime, state, is_worker_left: AtomicBool::new(false) })
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
        require_room()?;
        // One worker that Tokio keeps in vain is enough: try by ourselves before it gets another.
        if self.is_worker_left.load(Ordering::Relaxed) {
            let thread = thread::Builder::new().stack_size(STACK).spawn(|| ());
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
/// The allocator sees to its reserve here, from which what a call needs at first is taken.
fn require_room() -> Result<(), NoThread> {
    let mut room = Vec::<u8>::new();
    let is_room = room.try_reserve_exact(STACK + ROOM).is_ok();
    black_box(&mut room);
    if is_room { Ok(()) } else { Err(NoThread::Memory { bytes: (STACK + ROOM) as u64 }) }
}

impl State {
    fn work_off(&self) {
        let mut next = self.next(|lanes| lanes.begin());
        while let Some((length, mut call)) = next {
            // A call catches its own panics; one that did not must not cost a worker.
            let is_left = caught(|| self.turns.run(length.is_short(), || self.steps(length, &mut *call)));
            next = if is_left == Ok(true) {
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

    #[test]
    fn no_more_calls_compute_at_once_than_there_are_cpus() {
        let calls = Calls::new(2).unwrap();
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
                assert!(at != 3, "a panic costs no worker");
            };
            calls.submit(length, Box::new(Steps(1, step)));
        }
        assert_eq!(dones.iter().take(8).collect::<Vec<_>>(), vec![Ok(0); 8]);
        // Short ones do not wait for long for those that never look around.
        assert!((2..=3).contains(&most.load(Ordering::SeqCst)));
    }

    #[test]
    fn endless_calls_beyond_the_cpus_all_go_on_and_keep_no_other_from_its_place() {
        const CALLS: usize = 5;
        let calls = Calls::new(2).unwrap();
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
}
