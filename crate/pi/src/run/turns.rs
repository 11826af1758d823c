//! The turns in which the computations of a process have its CPUs.
//!
//! A thread that computes holds a permit, and there are as many as CPUs. It looks around wherever it looks at the cancel
//! switch: when its turn has lasted long enough and others wait, it hands its permit to the next in line and lines up
//! itself. Threads that help it take permits that nobody wants, or do not help.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use super::lock::lock;

/// How long a turn lasts when others wait for one.
const TURN: Duration = Duration::from_millis(20);

/// How long it lasts at least when urgent work waits.
const SHORTEST: Duration = Duration::from_millis(2);

/// How long others wait at most for a turn because urgent work comes first, again and again.
const LONGEST_WAIT: Duration = Duration::from_millis(100);

/// How long urgent work waits for a turn: a thread that looks around too seldom does not hold it up, they share a CPU.
const PATIENCE: Duration = Duration::from_millis(10);

thread_local! {
    /// The turn of this thread, if it takes turns.
    static TURN_HERE: Cell<Option<Turn>> = const { Cell::new(None) };
}

/// The CPUs of a process, for its computations to share: see [`Turns::run`].
#[derive(Debug)]
pub struct Turns {
    state: Mutex<State>,
    /// Threads in line, and those of them that are urgent: a thread at work looks at these first.
    waiting: AtomicUsize,
    urgent: AtomicUsize,
}

#[derive(Debug, Default)]
struct State {
    /// Permits that nobody holds.
    free: usize,
    urgent: VecDeque<Arc<Place>>,
    others: VecDeque<Arc<Place>>,
}

/// A place in line.
#[derive(Debug)]
struct Place {
    thread: Thread,
    since: Instant,
    is_up: AtomicBool,
}

/// A thread's turn.
#[derive(Clone, Copy)]
struct Turn {
    turns: &'static Turns,
    since: Instant,
    is_urgent: bool,
    /// Whether it holds a permit; urgent work may go on without one.
    has_permit: bool,
}

impl Turns {
    /// Turns on so many CPUs, at least one.
    #[must_use]
    pub fn new(cpus: usize) -> Self {
        let state = State { free: cpus.max(1), ..State::default() };
        Self { state: Mutex::new(state), waiting: AtomicUsize::new(0), urgent: AtomicUsize::new(0) }
    }

    /// Does work with this library in turns: all the work that is done so keeps no more threads busy than there are
    /// CPUs, whatever its options say, and each gets its turn every few tens of milliseconds.
    ///
    /// Urgent work, which should take less than 10 ms, comes first, but for others that have waited for long.
    ///
    /// ```
    /// use compute_pi::{Options, Turns, digits};
    ///
    /// let turns: &'static Turns = Box::leak(Box::new(Turns::new(2)));
    /// let digits = turns.run(true, || digits(5, &Options::new()))?;
    /// assert_eq!(*digits, [3, 1, 4, 1, 5]);
    /// # Ok::<(), compute_pi::Error>(())
    /// ```
    pub fn run<T>(&'static self, is_urgent: bool, work: impl FnOnce() -> T) -> T {
        let has_permit = self.enter(is_urgent);
        self.during(Turn { turns: self, since: Instant::now(), is_urgent, has_permit }, work)
    }

    fn during<T>(&self, turn: Turn, work: impl FnOnce() -> T) -> T {
        /// Ends the turn, by a panic as well.
        struct End(Option<Turn>);
        impl Drop for End {
            fn drop(&mut self) {
                if let Some(turn) = TURN_HERE.replace(self.0.take())
                    && turn.has_permit
                {
                    turn.turns.give();
                }
            }
        }
        let _end = End(TURN_HERE.replace(Some(turn)));
        work()
    }

    /// Waits for a permit. None comes for urgent work that waits too long.
    fn enter(&self, is_urgent: bool) -> bool {
        let place = {
            let mut state = lock(&self.state);
            if state.free > 0 {
                state.free -= 1;
                return true;
            }
            self.line_up(&mut state, is_urgent, false)
        };
        self.wait(&place, is_urgent)
    }

    fn line_up(&self, state: &mut State, is_urgent: bool, first: bool) -> Arc<Place> {
        let (thread, since) = (thread::current(), Instant::now());
        let place = Arc::new(Place { thread, since, is_up: AtomicBool::new(false) });
        let line = if is_urgent { &mut state.urgent } else { &mut state.others };
        if first {
            line.push_front(Arc::clone(&place));
        } else {
            line.push_back(Arc::clone(&place));
        }
        self.count(state);
        place
    }

    fn count(&self, state: &State) {
        self.urgent.store(state.urgent.len(), Ordering::Relaxed);
        self.waiting.store(state.urgent.len() + state.others.len(), Ordering::Relaxed);
    }

    fn wait(&self, place: &Arc<Place>, is_urgent: bool) -> bool {
        while !place.is_up.load(Ordering::Acquire) {
            if !is_urgent {
                thread::park();
                continue;
            }
            let left = PATIENCE.saturating_sub(place.since.elapsed());
            if !left.is_zero() {
                thread::park_timeout(left);
                continue;
            }
            let mut state = lock(&self.state);
            let Some(at) = state.urgent.iter().position(|other| Arc::ptr_eq(other, place)) else { continue };
            state.urgent.remove(at);
            self.count(&state);
            return false;
        }
        true
    }

    /// Gives a permit back: to the next in line.
    fn give(&self) {
        let mut state = lock(&self.state);
        match self.next(&mut state) {
            Some(place) => Self::call(&place),
            None => state.free += 1,
        }
    }

    fn call(place: &Place) {
        place.is_up.store(true, Ordering::Release);
        place.thread.unpark();
    }

    fn next(&self, state: &mut State) -> Option<Arc<Place>> {
        let is_late = state.others.front().is_some_and(|place| place.since.elapsed() > LONGEST_WAIT);
        let State { urgent, others, .. } = state;
        let next =
            if is_late { others.pop_front() } else { urgent.pop_front().or_else(|| others.pop_front()) };
        self.count(state);
        next
    }

    /// Hands the permit of a turn that has lasted long enough to the next in line, and waits for another.
    #[cold]
    fn pass_on(&'static self, turn: Turn) {
        let least = match self.urgent.load(Ordering::Relaxed) {
            // Its time was thought to be short.
            _ if turn.is_urgent => LONGEST_WAIT,
            0 => TURN,
            _ => SHORTEST,
        };
        let lasted = turn.since.elapsed();
        if lasted < least {
            return;
        }
        let place = {
            let mut state = lock(&self.state);
            if turn.has_permit {
                let Some(next) = self.next(&mut state) else { return };
                Self::call(&next);
            }
            self.line_up(&mut state, false, lasted < TURN)
        };
        let has_permit = self.wait(&place, false);
        TURN_HERE.set(Some(Turn { since: Instant::now(), is_urgent: false, has_permit, ..turn }));
    }
}

/// Lets others have their turn, if this thread's has lasted long enough.
#[inline]
pub(crate) fn look_around() {
    if let Some(turn) = TURN_HERE.get()
        && turn.turns.waiting.load(Ordering::Relaxed) > 0
    {
        turn.turns.pass_on(turn);
    }
}

/// Of so many others those that could help this thread now.
pub(super) fn helpers(others: usize) -> usize {
    TURN_HERE.get().map_or(others, |turn| others.min(lock(&turn.turns.state).free))
}

/// How threads help with the work of this one: with permits that are free, if it takes turns.
pub(super) fn help() -> impl Fn(&(dyn Fn() + Sync)) + Sync {
    let turn = TURN_HERE.get().map(|Turn { turns, is_urgent, .. }| (turns, is_urgent));
    move |work| {
        let Some((turns, is_urgent)) = turn else { return work() };
        let is_free = {
            let mut state = lock(&turns.state);
            let is_free = state.free > 0;
            state.free -= usize::from(is_free);
            is_free
        };
        if is_free {
            turns.during(Turn { turns, since: Instant::now(), is_urgent, has_permit: true }, work);
        }
    }
}

/// Waits for other threads, without a permit meanwhile.
pub(super) fn idle(wait: impl FnOnce()) {
    let turn = TURN_HERE.get().filter(|turn| turn.has_permit);
    let Some(turn) = turn else { return wait() };
    turn.turns.give();
    TURN_HERE.set(Some(Turn { has_permit: false, ..turn }));
    wait();
    let has_permit = turn.turns.enter(turn.is_urgent);
    TURN_HERE.set(Some(Turn { since: Instant::now(), has_permit, ..turn }));
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;
    use std::sync::atomic::AtomicU64;

    use super::*;
    use crate::run::{Job, Options, parallel};

    fn turns(cpus: usize) -> &'static Turns {
        Box::leak(Box::new(Turns::new(cpus)))
    }

    fn spin(
        turns: &'static Turns,
        stop: &AtomicBool,
        busy: &AtomicUsize,
        most: &AtomicUsize,
        done: &AtomicU64,
    ) {
        turns.run(false, || {
            let job = Job::new();
            while !stop.load(Ordering::Relaxed) {
                most.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::sleep(Duration::from_micros(200));
                done.fetch_add(1, Ordering::Relaxed);
                busy.fetch_sub(1, Ordering::SeqCst);
                job.is_cancelled();
            }
        });
    }

    #[test]
    #[cfg_attr(miri, ignore = "it takes time")]
    fn nobody_starves_and_no_more_are_busy_than_there_are_cpus() {
        let turns = turns(2);
        let (stop, busy, most) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
        let done: Vec<_> = (0..5).map(|_| AtomicU64::new(0)).collect();
        thread::scope(|scope| {
            for done in &done {
                scope.spawn(|| spin(turns, &stop, &busy, &most, done));
            }
            thread::sleep(Duration::from_millis(600));
            stop.store(true, Ordering::Relaxed);
        });
        assert_eq!(most.into_inner(), 2);
        let done: Vec<_> = done.into_iter().map(AtomicU64::into_inner).collect();
        assert!(done.iter().all(|&done| done > 100), "{done:?}");
        assert_eq!(lock(&turns.state).free, 2);
    }

    #[test]
    #[cfg_attr(miri, ignore = "it takes time")]
    fn urgent_work_comes_first_and_is_not_held_up_by_who_never_looks() {
        let turns = turns(1);
        let stop = AtomicBool::new(false);
        let (busy, most, done) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicU64::new(0));
        let (stop, busy, most, done) = (&stop, &busy, &most, &done);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(move || spin(turns, stop, busy, most, done));
            }
            thread::sleep(Duration::from_millis(50));
            let mut waits: Vec<_> = (0..20)
                .map(|_| {
                    let start = Instant::now();
                    turns.run(true, || start.elapsed())
                })
                .collect();
            stop.store(true, Ordering::Relaxed);
            waits.sort();
            assert!(waits[10] < Duration::from_millis(50), "{waits:?}");
        });
        let turns = self::turns(1);
        turns.run(false, || {
            thread::scope(|scope| scope.spawn(|| turns.run(true, || ())).join().unwrap());
        });
        assert_eq!(lock(&turns.state).free, 1);
    }

    #[test]
    fn helpers_take_what_is_free_and_give_it_back() {
        let turns = turns(3);
        let busy = AtomicUsize::new(0);
        turns.run(false, || {
            assert_eq!(helpers(9), 2);
            let items = 0..if cfg!(miri) { 5 } else { 500 };
            parallel::for_each(items, 4, |_| {
                assert!(busy.fetch_add(1, Ordering::SeqCst) < 3);
                look_around();
                busy.fetch_sub(1, Ordering::SeqCst);
            });
            assert_eq!(helpers(9), 2);
        });
        assert_eq!(lock(&turns.state).free, 3);
    }

    #[test]
    #[cfg_attr(miri, ignore = "it takes hours")]
    fn digits_are_the_same_in_turns_with_others() {
        let turns = turns(2);
        let options = |threads| {
            Options::new()
                .with_threads(NonZeroUsize::new(threads).unwrap())
                .with_cpus(NonZeroUsize::new(4).unwrap())
        };
        let expected = crate::digits(30_000, &options(1)).unwrap();
        thread::scope(|scope| {
            for threads in [1, 2, 3, 4, 4, 4] {
                let (options, expected) = (options(threads), &expected);
                scope.spawn(move || {
                    for round in 0..5 {
                        let digits = turns.run(round == 0, || crate::digits(30_000, &options));
                        assert!(digits.is_ok_and(|digits| *digits == **expected));
                    }
                });
            }
        });
        assert_eq!(lock(&turns.state).free, 2);
    }

    #[test]
    fn a_panic_ends_a_turn() {
        let turns = turns(1);
        let work = || turns.run(false, || std::panic::resume_unwind(Box::new(7)));
        assert!(std::panic::catch_unwind(work).is_err());
        assert_eq!((lock(&turns.state).free, TURN_HERE.get().is_none()), (1, true));
    }
}
