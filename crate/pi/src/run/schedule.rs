//! A count of what a computation would take on any number of CPUs, on a machine that has one: the build with
//! `--cfg work_and_span`.
//!
//! All tasks are done one after the other, on one thread, and timed. Those that threads would share are dealt out as threads
//! take them, each to the one that is done first; what the last one is done after is their span. Spans of tasks within
//! tasks count as the tasks' time.

use std::cell::Cell;
use std::time::Duration;

use cpu_time::ThreadTime;

/// The time of a computation on one thread, and on those that it was counted for.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// The time of all tasks together.
    pub work: Duration,
    /// The time of the tasks on the longest way through them.
    pub span: Duration,
}

#[derive(Clone, Copy)]
struct Count {
    /// The time that threads would have saved so far.
    saved: Duration,
    /// The time until others have begun to help and the last one is waited for.
    meeting: Duration,
}

thread_local! {
    static COUNT: Cell<Option<Count>> = const { Cell::new(None) };
}

/// Does work with this library on this thread alone, and counts what it would take on the threads that it asks for, if those
/// that share some work need so long to meet.
pub fn schedule<T>(meeting: Duration, work: impl FnOnce() -> T) -> (T, Schedule) {
    COUNT.set(Some(Count { saved: Duration::ZERO, meeting }));
    let start = ThreadTime::now();
    let result = work();
    let work = start.elapsed();
    let saved = COUNT.take().map_or(Duration::ZERO, |count| count.saved);
    (result, Schedule { work, span: work.saturating_sub(saved) })
}

/// As [`super::parallel::for_each`] does it on two threads or more, where this thread counts; else gives all back.
pub(super) fn for_each<T, I: Iterator<Item = T>>(
    items: I,
    threads: usize,
    work: impl Fn(T),
) -> Result<(), I> {
    let Some(before) = COUNT.get() else { return Err(items) };
    let mut done = vec![Duration::ZERO; threads];
    let start = ThreadTime::now();
    let mut count = before;
    for item in items {
        let task = ThreadTime::now();
        COUNT.set(Some(count));
        work(item);
        let after = COUNT.get().unwrap_or(count);
        let first = done.iter_mut().min().expect("a thread");
        *first += task.elapsed().saturating_sub(after.saved.saturating_sub(count.saved));
        count = after;
    }
    let work = start.elapsed().saturating_sub(count.saved.saturating_sub(before.saved));
    let span = done.into_iter().max().unwrap_or_default() + before.meeting;
    // A meeting may take longer than it saves.
    let saved = (count.saved + work).saturating_sub(span);
    COUNT.set(Some(Count { saved, ..before }));
    Ok(())
}
