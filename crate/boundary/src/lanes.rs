//! Which call begins next.
//!
//! Calls wait in lanes by the time that they will take. In each lane one call may be under way whatever the others do, and
//! any call may while there are fewer of them than CPUs: so no call waits for a longer kind, and the number of calls
//! under way, each with a thread and memory, is bounded. A call that can be interrupted makes room for those that wait
//! in its lane, and lines up behind them: so any number of far sums goes on, none waiting for the end of another. Within a
//! lane a call goes before those that take four times as long or more, and before each of them only so many do.

use std::collections::VecDeque;

/// A call goes before those that wait in its lane and take so many times as long.
const MUCH_LONGER: f64 = 4.0;

/// How many calls go before one that came earlier.
const MOST_PASSED_BY: u32 = 16;

/// The kinds of calls.
const KINDS: usize = LIMITS.len() + 1;

/// Each kind takes less than this, in seconds; the last one takes days.
const LIMITS: [f64; 3] = [0.01, 0.5, 10.0];

/// How long a call will take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    seconds: f64,
}

impl Length {
    /// That of work that takes one thread so many seconds: a guess, good enough to tell milliseconds from minutes and days.
    #[must_use]
    pub fn of(seconds: f64) -> Self {
        Self { seconds }
    }

    /// Whether it is urgent.
    #[must_use]
    pub fn is_short(self) -> bool {
        self.kind() == 0
    }

    fn kind(self) -> usize {
        LIMITS.iter().filter(|&&limit| self.seconds >= limit).count()
    }

    fn is_much_longer_than(self, other: Self) -> bool {
        self.seconds >= MUCH_LONGER * other.seconds
    }
}

struct Waiting<T> {
    length: Length,
    passed_by: u32,
    call: T,
}

/// Waiting calls, and how many are under way.
pub struct Lanes<T> {
    waiting: [VecDeque<Waiting<T>>; KINDS],
    under_way: [usize; KINDS],
    cpus: usize,
}

impl<T> Lanes<T> {
    /// Lanes for so many CPUs.
    pub fn new(cpus: usize) -> Self {
        Self { waiting: std::array::from_fn(|_| VecDeque::new()), under_way: [0; KINDS], cpus: cpus.max(1) }
    }

    /// The most calls that are under way at a time: as many as CPUs of one kind, and one of each other.
    pub fn most(&self) -> usize {
        KINDS - 1 + self.cpus
    }

    /// Lines a call up; whether it may begin at once.
    pub fn push(&mut self, length: Length, call: T) -> bool {
        let lane = &mut self.waiting[length.kind()];
        let mut place = lane.len();
        while let Some(before) = place.checked_sub(1).map(|before| &mut lane[before])
            && before.length.is_much_longer_than(length)
            && before.passed_by < MOST_PASSED_BY
        {
            before.passed_by += 1;
            place -= 1;
        }
        lane.insert(place, Waiting { length, passed_by: 0, call });
        self.may_begin(length.kind())
    }

    /// The next call that may begin, of the shortest kind; it is under way from now on.
    pub fn begin(&mut self) -> Option<(Length, T)> {
        let next = (0..KINDS).find(|&kind| self.may_begin(kind))?;
        self.take(next)
    }

    /// A call has ended; the next that may begin, which is under way from now on.
    pub fn end(&mut self, length: Length) -> Option<(Length, T)> {
        let kind = length.kind();
        self.under_way[kind] -= 1;
        // A lane that is empty is its own kind's, whoever waits elsewhere: nobody else would look at it again.
        if self.under_way[kind] == 0
            && let Some(next) = self.take(kind)
        {
            return Some(next);
        }
        self.begin()
    }

    /// Whether a call should make room, if it can: for one of its kind that waits, or because there are others of its kind
    /// and more calls under way than CPUs.
    pub fn is_awaited(&self, length: Length) -> bool {
        let kind = length.kind();
        !self.waiting[kind].is_empty() || self.under_way[kind] > 1 && self.all_under_way() > self.cpus
    }

    /// A call makes room and waits for its next turn, behind those of its kind; the next that may begin.
    pub fn pause(&mut self, length: Length, call: T) -> Option<(Length, T)> {
        self.waiting[length.kind()].push_back(Waiting { length, passed_by: 0, call });
        self.end(length)
    }

    /// All that wait.
    pub fn drain(&mut self) -> impl Iterator<Item = T> {
        let lanes = std::mem::replace(&mut self.waiting, std::array::from_fn(|_| VecDeque::new()));
        lanes.into_iter().flatten().map(|waiting| waiting.call)
    }

    fn take(&mut self, kind: usize) -> Option<(Length, T)> {
        let Waiting { length, call, .. } = self.waiting[kind].pop_front()?;
        self.under_way[kind] += 1;
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

    const SHORT: Length = Length { seconds: 0.001 };
    const MIDDLING: Length = Length { seconds: 0.1 };
    const LONG: Length = Length { seconds: 5.0 };
    const ENDLESS: Length = Length { seconds: 1e5 };

    fn call(begun: Option<(Length, i32)>) -> Option<i32> {
        begun.map(|(_, call)| call)
    }

    #[test]
    fn each_kind_has_its_lane_and_the_calls_under_way_are_bounded() {
        let mut lanes = Lanes::new(2);
        for call in 0..5 {
            lanes.push(ENDLESS, call);
        }
        assert_eq!([(); 3].map(|()| call(lanes.begin())), [Some(0), Some(1), None]);
        assert!(lanes.push(MIDDLING, 10));
        assert!(lanes.push(SHORT, 20) && lanes.push(LONG, 30));
        assert_eq!([(); 4].map(|()| call(lanes.begin())), [Some(20), Some(10), Some(30), None]);
        assert_eq!(lanes.most(), 5);
        assert!(!lanes.push(MIDDLING, 11), "there is no CPU for another one");
        assert_eq!(call(lanes.end(SHORT)), None);
        assert_eq!(call(lanes.end(ENDLESS)), None, "still as many as CPUs");
        assert_eq!(call(lanes.end(ENDLESS)), Some(2), "an endless call that waits has its lane");
        assert_eq!(call(lanes.end(MIDDLING)), Some(11));
        assert_eq!(call(lanes.end(LONG)), None);
        assert_eq!(call(lanes.end(MIDDLING)), Some(3), "and any call a CPU that is free");
        assert_eq!(lanes.drain().collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn calls_that_can_be_interrupted_go_on_in_turn() {
        for cpus in [1, 2, 3] {
            let mut lanes = Lanes::new(cpus);
            (0..7).for_each(|call| _ = lanes.push(ENDLESS, call));
            let mut running: VecDeque<_> = std::iter::from_fn(|| call(lanes.begin())).collect();
            assert_eq!(running.len(), cpus);
            let mut turns = [0; 7];
            for _ in 0..70 {
                let pauses = running.pop_front().unwrap();
                turns[pauses as usize] += 1;
                assert!(lanes.is_awaited(ENDLESS));
                running.push_back(call(lanes.pause(ENDLESS, pauses)).unwrap());
            }
            assert_eq!(turns, [10; 7], "{cpus} CPUs");
        }
    }

    #[test]
    fn who_can_be_interrupted_gives_way_where_there_are_more_calls_than_processors() {
        let mut lanes = Lanes::new(2);
        (0..2).for_each(|call| _ = lanes.push(ENDLESS, call));
        assert_eq!([(); 2].map(|()| call(lanes.begin())), [Some(0), Some(1)]);
        assert!(!lanes.is_awaited(ENDLESS), "nobody waits, and each has a CPU");
        lanes.push(MIDDLING, 10);
        assert_eq!(call(lanes.begin()), Some(10));
        assert!(lanes.is_awaited(ENDLESS));
        assert_eq!(call(lanes.pause(ENDLESS, 0)), None);
        assert!(lanes.is_awaited(ENDLESS), "they take turns");
        assert_eq!(call(lanes.pause(ENDLESS, 1)), Some(0));
        assert_eq!(call(lanes.end(MIDDLING)), Some(1), "and both go on when there is a CPU again");
    }

    #[test]
    fn whoever_may_begin_has_begun() {
        // Any order of events leaves nobody waiting who could begin: no worker looks before the next event.
        let kinds = [SHORT, MIDDLING, LONG, ENDLESS];
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
        let seconds = [0.0, 0.0099, 0.01, 0.49, 0.5, 9.9, 10.0, f64::INFINITY];
        assert_eq!(seconds.map(|seconds| Length::of(seconds).kind()), [0, 0, 1, 1, 2, 2, 3, 3]);
    }

    #[test]
    fn what_is_much_shorter_goes_first_but_not_for_ever() {
        let mut lanes = Lanes::new(1);
        lanes.push(Length::of(8.0), 0);
        assert_eq!(call(lanes.begin()), Some(0));
        for (call, seconds) in [(1, 8.0), (2, 2.2), (3, 2.0), (4, 0.5)] {
            assert!(!lanes.push(Length::of(seconds), call));
        }
        let begun: Vec<_> = (5..30)
            .map(|next| {
                let begun = call(lanes.end(LONG)).unwrap();
                lanes.push(Length::of(0.5), next);
                begun
            })
            .collect();
        assert_eq!(begun[..4], [4, 5, 6, 7], "what comes last and is short");
        let place = |call| begun.iter().position(|&begun| begun == call);
        assert!(place(2) < place(3), "of about the same length: in the order in which they came");
        assert_eq!(place(1), Some(MOST_PASSED_BY as usize), "and nothing is passed by for ever");
    }
}
