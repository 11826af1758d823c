//! Which call begins next.
//!
//! Calls wait in lanes by the time that they will take. In each lane one call may be under way whatever the others do, and
//! besides these so many that there is work for all CPUs: so no call waits for a longer kind, and the number of calls
//! under way, each with a thread and memory, is bounded.

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
    /// The calls that may be under way besides one in each lane.
    others: usize,
}

impl<T> Lanes<T> {
    /// Lanes for so many CPUs.
    pub fn new(cpus: usize) -> Self {
        Self { waiting: Default::default(), under_way: [0; KINDS], others: cpus.saturating_sub(1) }
    }

    /// The most calls that are under way at a time.
    pub fn most(&self) -> usize {
        KINDS + self.others
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
        let call = self.waiting[next as usize].pop_front()?;
        self.under_way[next as usize] += 1;
        Some((next, call))
    }

    /// A call has ended.
    pub fn end(&mut self, length: Length) {
        self.under_way[length as usize] -= 1;
    }

    /// All that wait.
    pub fn drain(&mut self) -> impl Iterator<Item = T> {
        std::mem::take(&mut self.waiting).into_iter().flatten()
    }

    fn may_begin(&self, kind: usize) -> bool {
        let besides: usize = self.under_way.iter().map(|calls| calls.saturating_sub(1)).sum();
        !self.waiting[kind].is_empty() && (self.under_way[kind] == 0 || besides < self.others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_lane_and_the_calls_under_way_are_bounded() {
        let mut lanes = Lanes::new(2);
        for call in 0..5 {
            lanes.push(Length::Endless, call);
        }
        let begin = |lanes: &mut Lanes<i32>| lanes.begin().map(|(_, call)| call);
        assert_eq!([begin(&mut lanes), begin(&mut lanes), begin(&mut lanes)], [Some(0), Some(1), None]);
        assert!(lanes.push(Length::Middling, 10) && lanes.push(Length::Middling, 11));
        assert!(lanes.push(Length::Short, 20) && lanes.push(Length::Long, 30));
        let begun = [begin(&mut lanes), begin(&mut lanes), begin(&mut lanes), begin(&mut lanes)];
        assert_eq!(begun, [Some(20), Some(10), Some(30), None]);
        lanes.end(Length::Endless);
        assert_eq!(begin(&mut lanes), Some(11), "the shorter kind first");
        lanes.end(Length::Endless);
        assert_eq!(begin(&mut lanes), Some(2), "an endless call that waits has its lane");
        assert_eq!(lanes.drain().collect::<Vec<_>>(), [3, 4]);
        assert_eq!(lanes.most(), 5);
    }

    #[test]
    fn the_kind_is_that_of_the_time() {
        let kinds = [0.0, 0.0099, 0.01, 4.9, 5.0, 3599.0, 3600.0, f64::INFINITY].map(Length::of);
        use Length::{Endless, Long, Middling, Short};
        assert_eq!(kinds, [Short, Short, Middling, Middling, Long, Long, Endless, Endless]);
    }
}
