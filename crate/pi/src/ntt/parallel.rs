//! Work on several primes at once.

use std::sync::Mutex;
use std::thread;

/// Points of all primes together from which a thread pays: some hundred microseconds of work.
const MIN_POINTS: usize = 1 << 17;

/// Does `work` on every item, on up to `threads` threads when the items have so many points together.
pub(crate) fn for_each<T: Send>(
    items: impl Iterator<Item = T> + Send,
    points: usize,
    threads: usize,
    work: impl Fn(T) + Sync,
) {
    if threads < 2 || points < MIN_POINTS {
        items.for_each(work);
        return;
    }
    let items = Mutex::new(items);
    let drain = || {
        // The lock is released before the work begins.
        while let Some(item) = { items.lock().expect("no panic while the lock is held").next() } {
            work(item);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(drain);
        }
        drain();
    });
}
