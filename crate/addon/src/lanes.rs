//! Which call begins next.
//!
//! Calls wait in lanes by the time that they will take. In each lane one call may be under way whatever the others do, and
//! any call may while there are fewer of them than CPUs: so no call waits for a longer kind, and the number of calls
//! under way, each with a thread and memory, is bounded. A call that can be interrupted makes room for those that wait
//! in its lane, and lines up behind them: so any number of far sums goes on, none waiting for the end of another.

use std::collections::VecDeque;

/// How long a call will take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Less than 10 ms: urgent.
    Short,
    /// Seconds.
    Middling,
    /// Up to an hour.
    Long,
    /// Hours and days.
    Endless,
}

/// The kinds of calls.
const KINDS: usize = 4;

impl Length {
    /// That of work that takes one thread so many seconds.
    pub fn of(seconds: f64) -> Self {
        match seconds {
            ..0.01 => Self::Short,
            ..5.0 => Self::Middling,
            ..3600.0 => Self::Long,
            _ => Self::Endless,
        }
    }
}

/// Waiting calls, and how many are under way.
pub struct Lanes<T> {
    waiting: [VecDeque<T>; KINDS],
    under_way: [usize; KINDS],
    cpus: usize,
}

impl<T> Lanes<T> {
    /// Lanes for so many CPUs.
    pub fn new(cpus: usize) -> Self {
        Self { waiting: Default::default(), under_way: [0; KINDS], cpus: cpus.max(1) }
    }

    /// The most calls that are under way at a time: as many as CPUs of one kind, and one of each other.
    pub fn most(&self) -> usize {
        KINDS - 1 + self.cpus
    }

    /// Lines a call up; whether it may begin at once.
    pub fn push(&mut self, length: Length, call: T) -> bool {
        self.waiting[length as usize].push_back(call);
        self.may_begin(length as usize)
    }

    /// The next call that may begin, of the shortest kind; it is under way from now on.
    pub fn begin(&mut self) -> Option<(Length, T)> {
        let kinds = [Length::Short, Length::Middling, Length::Long, Length::Endless];
        let next = kinds.into_iter().find(|&kind| self.may_begin(kind as usize))?;
        self.take(next)
    }

    /// A call has ended; the next that may begin, which is under way from now on.
    pub fn end(&mut self, length: Length) -> Option<(Length, T)> {
        self.under_way[length as usize] -= 1;
        // A lane that is empty is its own kind's, whoever waits elsewhere: nobody else would look at it again.
        if self.under_way[length as usize] == 0
            && let Some(next) = self.take(length)
        {
            return Some(next);
        }
        self.begin()
    }

    /// Whether a call should make room, if it can: for one of its kind that waits, or because there are others of its kind
    /// and more calls under way than CPUs.
    pub fn is_awaited(&self, length: Length) -> bool {
        let kind = length as usize;
        !self.waiting[kind].is_empty() || self.under_way[kind] > 1 && self.all_under_way() > self.cpus
    }

    /// A call makes room and waits for its next turn, behind those of its kind; the next that may begin.
    pub fn pause(&mut self, length: Length, call: T) -> Option<(Length, T)> {
        self.waiting[length as usize].push_back(call);
        self.end(length)
    }

    /// All that wait.
    pub fn drain(&mut self) -> impl Iterator<Item = T> {
        std::mem::take(&mut self.waiting).into_iter().flatten()
    }

    fn take(&mut self, length: Length) -> Option<(Length, T)> {
        let call = self.waiting[length as usize].pop_front()?;
        self.under_way[length as usize] += 1;
        Some((length, call))
    }

    fn all_under_way(&self) -> usize {
        self.under_way.iter().sum()
    }

    fn may_begin(&self, kind: usize) -> bool {
        !self.waiting[kind].is_empty() && (self.under_way[kind] == 0 || self.all_under_way() < self.cpus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(begun: Option<(Length, i32)>) -> Option<i32> {
        begun.map(|(_, call)| call)
    }

    #[test]
    fn each_kind_has_its_lane_and_the_calls_under_way_are_bounded() {
        let mut lanes = Lanes::new(2);
        for call in 0..5 {
            lanes.push(Length::Endless, call);
        }
        assert_eq!([(); 3].map(|()| call(lanes.begin())), [Some(0), Some(1), None]);
        assert!(lanes.push(Length::Middling, 10));
        assert!(lanes.push(Length::Short, 20) && lanes.push(Length::Long, 30));
        assert_eq!([(); 4].map(|()| call(lanes.begin())), [Some(20), Some(10), Some(30), None]);
        assert_eq!(lanes.most(), 5);
        assert!(!lanes.push(Length::Middling, 11), "there is no CPU for another one");
        assert_eq!(call(lanes.end(Length::Short)), None);
        assert_eq!(call(lanes.end(Length::Endless)), None, "still as many as CPUs");
        assert_eq!(call(lanes.end(Length::Endless)), Some(2), "an endless call that waits has its lane");
        assert_eq!(call(lanes.end(Length::Middling)), Some(11));
        assert_eq!(call(lanes.end(Length::Long)), None);
        assert_eq!(call(lanes.end(Length::Middling)), Some(3), "and any call a CPU that is free");
        assert_eq!(lanes.drain().collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn calls_that_can_be_interrupted_go_on_in_turn() {
        for cpus in [1, 2, 3] {
            let mut lanes = Lanes::new(cpus);
            (0..7).for_each(|call| _ = lanes.push(Length::Endless, call));
            let mut running: VecDeque<_> = std::iter::from_fn(|| call(lanes.begin())).collect();
            assert_eq!(running.len(), cpus);
            let mut turns = [0; 7];
            for _ in 0..70 {
                let pauses = running.pop_front().unwrap();
                turns[pauses as usize] += 1;
                assert!(lanes.is_awaited(Length::Endless));
                running.push_back(call(lanes.pause(Length::Endless, pauses)).unwrap());
            }
            assert_eq!(turns, [10; 7], "{cpus} CPUs");
        }
    }

    #[test]
    fn who_can_be_interrupted_gives_way_where_there_are_more_calls_than_processors() {
        let mut lanes = Lanes::new(2);
        (0..2).for_each(|call| _ = lanes.push(Length::Endless, call));
        assert_eq!([(); 2].map(|()| call(lanes.begin())), [Some(0), Some(1)]);
        assert!(!lanes.is_awaited(Length::Endless), "nobody waits, and each has a CPU");
        lanes.push(Length::Middling, 10);
        assert_eq!(call(lanes.begin()), Some(10));
        assert!(lanes.is_awaited(Length::Endless));
        assert_eq!(call(lanes.pause(Length::Endless, 0)), None);
        assert!(lanes.is_awaited(Length::Endless), "they take turns");
        assert_eq!(call(lanes.pause(Length::Endless, 1)), Some(0));
        assert_eq!(call(lanes.end(Length::Middling)), Some(1), "and both go on when there is a CPU again");
    }

    #[test]
    fn whoever_may_begin_has_begun() {
        // Any order of events leaves nobody waiting who could begin: no worker looks before the next event.
        let kinds = [Length::Short, Length::Middling, Length::Long, Length::Endless];
        for cpus in 1..5 {
            let mut lanes = Lanes::new(cpus);
            let mut running: Vec<Length> = Vec::new();
            let mut random = cpus as u64;
            for _ in 0..10_000 {
                random =
                    random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let pick = (random >> 33) as usize;
                let begun = match pick % 3 {
                    0 => lanes.push(kinds[pick / 3 % 4], ()).then(|| lanes.begin().unwrap()),
                    _ if running.is_empty() => None,
                    1 => lanes.end(running.swap_remove(pick / 3 % running.len())),
                    _ => lanes.pause(running.swap_remove(pick / 3 % running.len()), ()),
                };
                running.extend(begun.map(|(length, ())| length));
                assert!(running.len() <= lanes.most() && !(0..KINDS).any(|kind| lanes.may_begin(kind)));
            }
        }
    }

    #[test]
    fn the_kind_is_that_of_the_time() {
        let kinds = [0.0, 0.0099, 0.01, 4.9, 5.0, 3599.0, 3600.0, f64::INFINITY].map(Length::of);
        use Length::{Endless, Long, Middling, Short};
        assert_eq!(kinds, [Short, Short, Middling, Middling, Long, Long, Endless, Endless]);
    }
}
