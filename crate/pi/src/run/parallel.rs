//! Work on several threads.
//!
//! A thread that the system refuses is done without: the others do its share.

use std::sync::Mutex;

use super::allocation::{push, with_capacity};
use super::lock::lock;
#[cfg(work_and_span)]
use super::schedule;
use super::team;

/// A module of WebAssembly has one thread; what others would do is left out of it.
pub(crate) const ALONE: bool = cfg!(target_family = "wasm");

/// Calls `work`, which goes on until there is nothing left to do, on this thread and on others, up to so many
/// altogether; a panic of any of them goes on in this one.
pub(crate) fn run(threads: usize, work: &(dyn Fn() + Sync)) {
    if ALONE || threads < 2 { work() } else { team::run(threads - 1, work) }
}

/// Does `work` on every item, in no certain order.
pub(crate) fn for_each<T: Send>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(T) + Sync,
) {
    let threads = threads.min(items.size_hint().1.unwrap_or(threads));
    if ALONE || threads < 2 {
        return items.for_each(work);
    }
    #[cfg(work_and_span)]
    let Err(items) = schedule::for_each(items, threads, &work) else { return };
    let items = Mutex::new(items);
    run(threads, &|| {
        // The lock is released before the work begins.
        while let Some(item) = { lock(&items).next() } {
            work(item);
        }
    });
}

/// The results of `work` on all items, in their order.
pub(crate) fn map<T: Send, R: Send>(items: Vec<T>, threads: usize, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let mut results: Vec<Option<R>> = with_capacity(items.len());
    results.resize_with(items.len(), || None);
    for_each(items.into_iter().zip(&mut results), threads, |(item, result)| *result = Some(work(item)));
    let mut all = with_capacity(results.len());
    results.into_iter().flatten().for_each(|result| push(&mut all, result));
    all
}

/// Both results, from two threads at once.
pub(crate) fn join<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    let (mut first, mut second) = (None, None);
    let tasks: [Box<dyn FnOnce() + Send>; 2] =
        [Box::new(|| first = Some(a())), Box::new(|| second = Some(b()))];
    for_each(tasks.into_iter(), 2, |task| task());
    (first.expect("the first task is done"), second.expect("the second task is done"))
}

#[cfg(test)]
mod tests {
    use std::panic::{catch_unwind, resume_unwind};

    use super::*;

    #[test]
    fn every_item_is_worked_on_once() {
        for threads in [1, 2, 5] {
            assert_eq!(
                map((0..100).collect(), threads, |x: u64| x * x),
                (0..100).map(|x| x * x).collect::<Vec<_>>()
            );
        }
        assert_eq!(join(|| 1, || "two"), (1, "two"));
    }

    #[test]
    fn a_panic_of_any_thread_is_handed_on_as_it_is() {
        for at in 0..50 {
            let work = |i| if i == at { resume_unwind(Box::new(i)) } else { i };
            let panic = catch_unwind(|| map((0..50).collect(), 3, work)).unwrap_err();
            assert_eq!(panic.downcast_ref(), Some(&at));
        }
    }
}
