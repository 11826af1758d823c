//! The threads of the process that help computations: one team, whose threads stand ready between two pieces of work.
//!
//! A thread is started when it is first needed, waits for more when it has done its share, and ends when there is
//! none for some seconds. None is waited for at the end of the process. The team has one thread less than the process
//! has CPUs, so that with those that call, of which a caller should have no more than CPUs, there are less than twice as many;
//! a computation that finds none idle goes on by itself.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, Builder};
use std::time::{Duration, Instant};

use super::lock::lock;
use super::{allocation, threads, turns};

/// The stack that a thread needs to compute, in bytes: more than four times what a computation takes, as `tests/stack.rs` sees to.
///
/// The library's own threads have it, whatever the environment asks for.
pub const THREAD_STACK: usize = 512 << 10;

/// The memory that has to be there beside its stack before a thread is started: the C library ends the process where it finds no
/// memory for a thread's local data.
const ROOM: usize = 512 << 10;

/// How long a thread waits for work before it ends.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a thread that waits for another one stays awake: to sleep and to be woken takes as long.
const AWAKE: Duration = Duration::from_micros(100);

/// The threads that are awake and wait.
static AWAKE_NOW: AtomicUsize = AtomicUsize::new(0);

/// Waits until something is so, or for a short time; not at all where so many others do that there are CPUs for no more.
fn stay_awake(is_so: impl Fn() -> bool) {
    if AWAKE_NOW.fetch_add(1, Ordering::Relaxed) + 1 < threads::visible() {
        let start = Instant::now();
        while !is_so() && start.elapsed() < AWAKE {
            thread::yield_now();
        }
    }
    AWAKE_NOW.fetch_sub(1, Ordering::Relaxed);
}

/// Work that a thread finds something to do in until it is done; threads that come late find nothing.
type Work<'a> = dyn Fn() + Sync + 'a;

/// A call's work, which one of the team takes part in.
struct Task {
    work: &'static Work<'static>,
    crew: Arc<Crew>,
}

/// The threads that take part in one work.
#[derive(Default)]
struct Crew {
    state: Mutex<CrewState>,
    changed: Condvar,
}

#[derive(Default)]
struct CrewState {
    /// Threads that have to be waited for.
    busy: usize,
    /// The first panic of one of them.
    panic: Option<Box<dyn Any + Send>>,
}

/// Where a thread of the team gets its next task.
#[derive(Default)]
struct Seat {
    task: Mutex<Option<Task>>,
    called: Condvar,
}

/// The team.
struct Team {
    /// The seats of the threads that wait, those last at work on top.
    idle: Mutex<Vec<Arc<Seat>>>,
    /// The threads there are.
    size: AtomicUsize,
    /// The CPUs that the process is said to have, if that is more than it sees.
    room: AtomicUsize,
}

static TEAM: Team =
    Team { idle: Mutex::new(Vec::new()), size: AtomicUsize::new(0), room: AtomicUsize::new(0) };

/// Lets the team have as many threads as on a machine with so many CPUs.
pub(super) fn allow(cpus: usize) {
    TEAM.room.fetch_max(cpus, Ordering::Relaxed);
}

/// Calls `work` on this thread and, at the same time, on so many others at most; those that are not there before it is
/// done are not waited for. A panic of any of them goes on in this one.
pub(super) fn run(others: usize, work: &Work<'_>) {
    let help = turns::help();
    let helped: &Work<'_> = &|| help(work);
    // SAFETY: only the reference's lifetime changes. `Call::drop` ends the use of it by others, and nothing ends this
    // function before: neither a return nor a panic of `work`.
    let helped = unsafe { mem::transmute::<&Work<'_>, &'static Work<'static>>(helped) };
    let mut call = Call { seats: Vec::new(), crew: Arc::default() };
    let others = turns::helpers(others);
    if call.seats.try_reserve_exact(others).is_ok() {
        TEAM.hire(others, &mut call.seats);
    }
    call.begin(helped);
    work();
    let crew = Arc::clone(&call.crew);
    drop(call);
    let panic = lock(&crew.state).panic.take();
    if let Some(panic) = panic {
        resume_unwind(panic);
    }
}

/// The others that were asked to take part in a call's work.
struct Call {
    seats: Vec<Arc<Seat>>,
    crew: Arc<Crew>,
}

impl Call {
    fn begin(&self, work: &'static Work<'static>) {
        lock(&self.crew.state).busy = self.seats.len();
        for seat in &self.seats {
            *lock(&seat.task) = Some(Task { work, crew: Arc::clone(&self.crew) });
            seat.called.notify_one();
        }
    }
}

impl Drop for Call {
    /// Takes the work back from those who have not begun it, and waits for the others.
    fn drop(&mut self) {
        let mut late = 0;
        for seat in self.seats.drain(..) {
            // One that is done already may have been hired by another call.
            let is_late = lock(&seat.task).take_if(|task| Arc::ptr_eq(&task.crew, &self.crew)).is_some();
            if is_late {
                late += 1;
                TEAM.dismiss(seat);
            }
        }
        let is_done = {
            let mut state = lock(&self.crew.state);
            state.busy -= late;
            state.busy == 0
        };
        if !is_done {
            turns::idle(|| self.crew.wait());
        }
    }
}

impl Crew {
    /// One that was waited for is not any more.
    fn finish(&self, panic: Option<Box<dyn Any + Send>>) {
        let mut state = lock(&self.state);
        state.busy -= 1;
        if state.panic.is_none() {
            state.panic = panic;
        }
        self.changed.notify_one();
    }

    fn wait(&self) {
        stay_awake(|| lock(&self.state).busy == 0);
        let mut state = lock(&self.state);
        while state.busy > 0 {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Seat {
    /// The next task; none where there is none for long.
    fn wait(self: &Arc<Self>) -> Option<Task> {
        stay_awake(|| lock(&self.task).is_some());
        let mut task = lock(&self.task);
        loop {
            if let Some(task) = task.take() {
                return Some(task);
            }
            let timeout;
            (task, timeout) =
                self.called.wait_timeout(task, PATIENCE).unwrap_or_else(PoisonError::into_inner);
            if timeout.timed_out() && task.is_none() {
                drop(task);
                if TEAM.leave(self) {
                    return None;
                }
                // Somebody has hired this thread, and is about to give it a task.
                task = lock(&self.task);
            }
        }
    }

    /// The life of a thread of the team.
    fn serve(self: Arc<Self>) {
        while let Some(Task { work, crew }) = self.wait() {
            let panic = catch_unwind(AssertUnwindSafe(work)).err();
            // Before the caller goes on, so that its next work finds this thread again.
            TEAM.dismiss(Arc::clone(&self));
            crew.finish(panic);
        }
    }
}

impl Team {
    /// Up to so many threads that wait, new ones among them.
    fn hire(&'static self, count: usize, seats: &mut Vec<Arc<Seat>>) {
        {
            let mut idle = lock(&self.idle);
            let from = idle.len() - count.min(idle.len());
            seats.extend(idle.drain(from..).rev());
        }
        let new = Arc::<Crew>::default();
        while seats.len() < count {
            let Some(seat) = self.recruit(&new) else { break };
            seats.push(seat);
        }
        // Until they are there, and have all the memory that it takes to be a thread, this one takes none.
        new.wait();
    }

    /// A new thread, if there may be one more and the system has one.
    fn recruit(&'static self, new: &Arc<Crew>) -> Option<Arc<Seat>> {
        let cpus = threads::visible().max(self.room.load(Ordering::Relaxed));
        let one_more = |size| (size + 1 < cpus).then_some(size + 1);
        self.size.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more).ok()?;
        lock(&new.state).busy += 1;
        let seat = Arc::<Seat>::default();
        let started = allocation::is_room_for(THREAD_STACK + ROOM) && {
            let (seat, new) = (Arc::clone(&seat), Arc::clone(new));
            let live = move || {
                new.finish(None);
                drop(new);
                seat.serve();
            };
            Builder::new().name("compute-pi".into()).stack_size(THREAD_STACK).spawn(live).is_ok()
        };
        if !started {
            new.finish(None);
            self.size.fetch_sub(1, Ordering::Relaxed);
        }
        started.then_some(seat)
    }

    /// Lets a thread wait for the next task.
    fn dismiss(&self, seat: Arc<Seat>) {
        lock(&self.idle).push(seat);
    }

    /// Takes a thread off the team, if it waits.
    fn leave(&self, seat: &Arc<Seat>) -> bool {
        let mut idle = lock(&self.idle);
        let place = idle.iter().position(|other| Arc::ptr_eq(other, seat));
        if let Some(place) = place {
            idle.remove(place);
            self.size.fetch_sub(1, Ordering::Relaxed);
        }
        place.is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::thread::{self, ThreadId};

    use super::*;

    #[test]
    fn calls_of_several_threads_share_the_team() {
        allow(8);
        let rounds = if cfg!(miri) { 3 } else { 2000 };
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    for round in 0..rounds {
                        let left = AtomicUsize::new(20);
                        let done = AtomicUsize::new(0);
                        run(3, &|| {
                            let one_less = |left: usize| left.checked_sub(1);
                            while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less).is_ok() {
                                done.fetch_add(1, Ordering::Relaxed);
                            }
                        });
                        assert_eq!(done.into_inner(), 20, "round {round}");
                    }
                });
            }
        });
    }

    /// The threads that took part in `work`.
    fn took_part(others: usize, work: impl Fn() + Sync) -> HashSet<ThreadId> {
        let seen = Mutex::new(HashSet::new());
        run(others, &|| {
            lock(&seen).insert(thread::current().id());
            work();
        });
        seen.into_inner().unwrap()
    }

    #[test]
    fn threads_are_used_again_and_late_ones_are_not_waited_for() {
        allow(8);
        let nap = || thread::sleep(Duration::from_millis(if cfg!(miri) { 0 } else { 20 }));
        let mut seen = HashSet::new();
        for _ in 0..if cfg!(miri) { 2 } else { 10 } {
            let now = took_part(3, nap);
            assert!((1..=4).contains(&now.len()));
            seen.extend(now);
        }
        // Other tests have threads of the team too.
        assert!(seen.len() <= 20, "{} threads", seen.len());
        for _ in 0..if cfg!(miri) { 3 } else { 100 } {
            took_part(3, || ());
        }
    }

    #[test]
    fn calls_nest() {
        allow(8);
        let count = AtomicUsize::new(0);
        run(2, &|| {
            run(2, &|| {
                count.fetch_add(1, Ordering::Relaxed);
            });
        });
        assert!((1..=9).contains(&count.into_inner()));
    }

    #[test]
    fn a_panic_waits_for_the_others_and_goes_on() {
        allow(8);
        for _ in 0..if cfg!(miri) { 3 } else { 100 } {
            let (begun, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let panic = catch_unwind(AssertUnwindSafe(|| {
                run(3, &|| {
                    let number = begun.fetch_add(1, Ordering::Relaxed);
                    thread::yield_now();
                    ended.fetch_add(1, Ordering::Relaxed);
                    if number == 0 {
                        resume_unwind(Box::new("the first one"));
                    }
                });
            }))
            .unwrap_err();
            assert_eq!(panic.downcast_ref(), Some(&"the first one"));
            assert_eq!(begun.into_inner(), ended.into_inner());
        }
    }
}
