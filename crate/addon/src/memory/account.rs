//! The calls that were admitted, and those that wait until there is memory for them.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use compute_pi::Handle;

use super::limits::{self, Told};
use crate::bytes;

/// A call that needs no more is short work: it is always admitted, and not counted. The reserve stands for it.
const SHORT: u64 = 4 << 20;

/// Bytes of each limit that only short work may take, unless the limit is a small one.
const RESERVE: u64 = 8 << 20;

/// How much a call may take.
#[derive(Clone, Copy, Debug)]
pub enum Ceiling {
    /// The rest.
    Left,
    /// So many bytes, of what is left.
    Bytes(u64),
    /// Anything.
    None,
}

/// The part of V8's heap that a call takes, and the room that is there.
#[derive(Clone, Copy, Debug)]
pub struct Heap {
    pub needed: u64,
    pub room: u64,
}

/// The request of a call.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// The most that it takes, in bytes.
    pub needed: u64,
    pub ceiling: Ceiling,
    pub heap: Option<Heap>,
    /// Whether it ends by itself: others may wait for that. A stream ends when its reader likes.
    pub ends: bool,
    pub told: Told,
}

/// Why a call is not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It needs more than it may ever use.
    Memory { needed: u64, allowed: u64 },
    /// It was cancelled while it waited.
    Cancelled,
}

/// The memory of an admitted call, given back when it is dropped.
#[derive(Clone, Debug)]
#[must_use]
pub struct Lease {
    counted: Option<Arc<Counted>>,
}

#[derive(Debug)]
struct Counted {
    account: &'static Account,
    bytes: u64,
    ends: AtomicBool,
}

impl Lease {
    /// Its call ends by itself from now on: others may wait for that.
    pub fn will_end(&self) {
        if let Some(counted) = &self.counted {
            counted.account.will_end(counted);
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.account.give_back(self.bytes, self.ends.load(Ordering::Relaxed));
    }
}

/// Told once whether a call is admitted, on any thread.
pub type Then = Box<dyn FnOnce(Result<Lease, Refusal>) + Send>;

static ACCOUNT: Account = Account::new();

/// Admits a call now, when there is room for it, or never.
pub fn admit(ask: Ask, handle: Handle, then: Then) {
    ACCOUNT.admit(ask, handle, then);
}

/// Refuses what could not be admitted even when every call that ends by itself has ended.
pub fn check(ask: &Ask) -> Result<(), Refusal> {
    match ACCOUNT.lock().verdict(ask, false) {
        Verdict::Never(refusal) => Err(refusal),
        Verdict::Uncounted | Verdict::Now | Verdict::Later => Ok(()),
    }
}

/// Looks again at the calls that wait: one of them may have been cancelled.
pub fn look_again() {
    ACCOUNT.look_again();
}

#[derive(Debug)]
struct Account {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// The bytes that the admitted calls may take in all: those that end by themselves, and the others.
    ending: u64,
    open: u64,
    /// The calls that are counted.
    calls: usize,
    /// The bytes that the process held besides the engine's memory when no call was counted.
    foreign: u64,
    waiting: VecDeque<Waiting>,
}

struct Waiting {
    ask: Ask,
    handle: Handle,
    then: Then,
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.ask.fmt(f)
    }
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Uncounted,
    Now,
    Later,
    Never(Refusal),
}

impl Account {
    const fn new() -> Self {
        let waiting = VecDeque::new();
        Self { state: Mutex::new(State { ending: 0, open: 0, calls: 0, foreign: 0, waiting }) }
    }

    fn admit(&'static self, ask: Ask, handle: Handle, then: Then) {
        let mut state = self.lock();
        let is_behind = !state.waiting.is_empty();
        let outcome = match state.verdict(&ask, is_behind) {
            Verdict::Uncounted => Ok(Lease { counted: None }),
            Verdict::Now => Ok(self.count(&mut state, &ask)),
            Verdict::Later => {
                state.waiting.push_back(Waiting { ask, handle, then });
                return;
            }
            Verdict::Never(refusal) => Err(refusal),
        };
        drop(state);
        then(outcome);
    }

    fn count(&'static self, state: &mut State, ask: &Ask) -> Lease {
        state.calls += 1;
        *state.sum(ask.ends) += ask.needed;
        let ends = AtomicBool::new(ask.ends);
        Lease { counted: Some(Arc::new(Counted { account: self, bytes: ask.needed, ends })) }
    }

    fn will_end(&self, counted: &Counted) {
        let mut state = self.lock();
        if !counted.ends.swap(true, Ordering::Relaxed) {
            state.open -= counted.bytes;
            state.ending += counted.bytes;
        }
    }

    fn give_back(&'static self, bytes: u64, ends: bool) {
        {
            let mut state = self.lock();
            state.calls -= 1;
            *state.sum(ends) -= bytes;
        }
        self.look_again();
    }

    /// Settles the calls that wait, first come, first served, as far as that can be done now.
    fn look_again(&'static self) {
        loop {
            let mut state = self.lock();
            let cancelled = state.waiting.iter().position(|call| call.handle.is_cancelled());
            let (at, outcome) = match (cancelled, state.waiting.front().map(|call| call.ask)) {
                (Some(at), _) => (at, Err(Refusal::Cancelled)),
                (None, None) => return,
                (None, Some(ask)) => match state.verdict(&ask, false) {
                    Verdict::Later => return,
                    Verdict::Uncounted => (0, Ok(Lease { counted: None })),
                    Verdict::Now => (0, Ok(self.count(&mut state, &ask))),
                    Verdict::Never(refusal) => (0, Err(refusal)),
                },
            };
            let call = state.waiting.remove(at);
            drop(state);
            if let Some(call) = call {
                (call.then)(outcome);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn sum(&mut self, ends: bool) -> &mut u64 {
        if ends { &mut self.ending } else { &mut self.open }
    }

    fn verdict(&mut self, ask: &Ask, is_behind: bool) -> Verdict {
        let never = |needed, allowed| Verdict::Never(Refusal::Memory { needed, allowed });
        if let Some(Heap { needed, room }) = ask.heap
            && needed > room
        {
            return never(needed, room);
        }
        match ask.ceiling {
            Ceiling::Bytes(bytes) if ask.needed > bytes => return never(ask.needed, bytes),
            Ceiling::None if ask.needed > SHORT => return Verdict::Now,
            _ if ask.needed <= SHORT => return Verdict::Uncounted,
            _ => {}
        }
        let room = self.room(ask.told);
        let room_at_last = room.saturating_sub(self.open);
        if ask.needed > room_at_last {
            return never(ask.needed, room_at_last);
        }
        if is_behind || ask.needed > room_at_last.saturating_sub(self.ending) {
            Verdict::Later
        } else {
            Verdict::Now
        }
    }

    /// The bytes that calls may hold together, the admitted ones among them.
    fn room(&mut self, told: Told) -> u64 {
        let (limits, held) = limits::in_force(told);
        // Where the allocator does not count, calls have taken what they may take, at most.
        let engine = bytes::held_by_engine().unwrap_or(self.ending + self.open);
        let held = held.unwrap_or(engine);
        if self.calls == 0 {
            self.foreign = held.saturating_sub(engine);
        }
        // Not all that is allocated has been touched.
        let taken = engine.min(held.saturating_sub(self.foreign));
        let rooms = limits.iter().map(|limit| {
            let reserve = RESERVE.min(limit.bytes / 16);
            limit.bytes.saturating_sub(limit.held.saturating_sub(taken)).saturating_sub(reserve)
        });
        rooms.min().unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    const MEBIBYTE: u64 = 1 << 20;
    /// More than this test has; calls of a tenth of it fit side by side.
    const LAMBDA: u64 = 1 << 40;

    fn ask(needed: u64, ends: bool) -> Ask {
        let told = Told { lambda: Some(LAMBDA), machine: Some(LAMBDA), held: None };
        Ask { needed, ceiling: Ceiling::Left, heap: None, ends, told }
    }

    fn account() -> &'static Account {
        Box::leak(Box::new(Account::new()))
    }

    fn admit(account: &'static Account, ask: Ask, handle: &Handle) -> Receiver<Result<Lease, Refusal>> {
        let (sender, receiver) = channel();
        account.admit(ask, handle.clone(), Box::new(move |outcome| sender.send(outcome).unwrap()));
        receiver
    }

    /// Two thirds of what is left: two of them do not fit.
    fn large(account: &Account) -> u64 {
        account.lock().room(ask(0, true).told) / 3 * 2
    }

    #[test]
    fn what_does_not_fit_beside_others_waits_for_those_that_end() {
        let (account, handle) = (account(), Handle::new());
        let large = large(account);
        let first = admit(account, ask(large, true), &handle).try_recv().unwrap().unwrap();
        let second = admit(account, ask(large, true), &handle);
        let third = admit(account, ask(5 * MEBIBYTE, true), &handle);
        assert!(second.try_recv().is_err() && third.try_recv().is_err(), "first come, first served");
        assert!(
            admit(account, ask(SHORT, true), &handle).try_recv().unwrap().is_ok(),
            "short work never waits"
        );
        drop(first);
        let second = second.try_recv().unwrap().unwrap();
        assert!(third.try_recv().unwrap().is_ok());
        drop(second);
        let State { ending, calls, .. } = *account.lock();
        assert_eq!((ending, calls), (0, 0));
    }

    #[test]
    fn nobody_waits_for_what_may_never_end() {
        let (account, handle) = (account(), Handle::new());
        let large = large(account);
        let stream = admit(account, ask(large, false), &handle).try_recv().unwrap().unwrap();
        let refused = admit(account, ask(large, true), &handle).try_recv().unwrap();
        assert!(
            matches!(refused, Err(Refusal::Memory { needed, allowed }) if needed == large && allowed < large)
        );
        stream.will_end();
        let waits = admit(account, ask(large, true), &handle);
        assert!(waits.try_recv().is_err(), "a stream that was closed is worth waiting for");
        drop(stream);
        assert!(waits.try_recv().unwrap().is_ok());
        assert!(admit(account, ask(large, true), &handle).try_recv().unwrap().is_ok());
    }

    #[test]
    fn who_is_cancelled_waits_no_longer() {
        let (account, handle) = (account(), Handle::new());
        let large = large(account);
        let _first = admit(account, ask(large, true), &handle).try_recv().unwrap().unwrap();
        let second = admit(account, ask(large, true), &handle);
        handle.cancel();
        account.look_again();
        assert_eq!(second.try_recv().unwrap().unwrap_err(), Refusal::Cancelled);
    }

    #[test]
    fn ceilings_and_heaps_refuse_at_once_and_nothing_is_checked_without_one() {
        let (account, handle) = (account(), Handle::new());
        let refusal = |ask| admit(account, ask, &handle).try_recv().unwrap().err();
        let bytes = Ask { ceiling: Ceiling::Bytes(99), ..ask(100, true) };
        assert_eq!(refusal(bytes), Some(Refusal::Memory { needed: 100, allowed: 99 }));
        let heap = Ask { heap: Some(Heap { needed: 8, room: 7 }), ceiling: Ceiling::None, ..ask(1, true) };
        assert_eq!(refusal(heap), Some(Refusal::Memory { needed: 8, allowed: 7 }));
        let unchecked = Ask { ceiling: Ceiling::None, ..ask(4 * LAMBDA, true) };
        let lease = admit(account, unchecked, &handle).try_recv().unwrap().unwrap();
        assert_eq!(account.lock().ending, 4 * LAMBDA, "it counts");
        drop(lease);
    }
}
