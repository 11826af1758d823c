//! The threads that compute, shared by every context of the process.

use std::io;

use compute_pi::Job;
use once_cell::sync::OnceCell;
use tokio::runtime::{Builder, Runtime};

static RUNTIME: OnceCell<Runtime> = OnceCell::new();

/// The runtime of this process, made on first use.
pub fn shared() -> io::Result<&'static Runtime> {
    RUNTIME.get_or_try_init(|| computing_at_once(Job::new().threads()))
}

/// A runtime that lets so many blocking tasks run at once; the others queue, first come, first served.
///
/// It has no thread of its own: nothing but blocking work is spawned, and a thread for that is made when none is idle.
fn computing_at_once(tasks: usize) -> io::Result<Runtime> {
    Builder::new_current_thread().max_blocking_threads(tasks).thread_name("compute-pi").build()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread::sleep;
    use std::time::Duration;

    use super::*;

    #[test]
    fn no_more_tasks_run_at_once_than_asked_for() {
        let runtime = computing_at_once(2).unwrap();
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let task = || {
            let (running, most) = (Arc::clone(&running), Arc::clone(&most));
            runtime.spawn_blocking(move || {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                sleep(Duration::from_millis(20));
                running.fetch_sub(1, Ordering::SeqCst);
            })
        };
        for task in (0..8).map(|_| task()).collect::<Vec<_>>() {
            runtime.block_on(task).unwrap();
        }
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }
}
