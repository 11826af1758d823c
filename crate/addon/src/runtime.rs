//! The threads that compute, shared by every context of the process.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;
use std::{io, sync::Arc};

use neon::prelude::*;
use once_cell::sync::OnceCell;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::Semaphore;

/// A tokio runtime, and the permits that bound how many computations run at once.
pub struct Threads {
    runtime: Runtime,
    permits: Arc<Semaphore>,
}

static THREADS: OnceCell<Threads> = OnceCell::new();

impl Threads {
    /// Threads for `computations` at once.
    pub fn new(computations: usize) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(computations)
            .thread_name("compute-pi")
            .build()?;
        Ok(Self { runtime, permits: Arc::new(Semaphore::new(computations)) })
    }

    /// The threads of this process, made on first use.
    pub fn shared(cx: &mut FunctionContext) -> NeonResult<&'static Self> {
        THREADS
            .get_or_try_init(|| Self::new(available_parallelism().map_or(1, NonZeroUsize::get)))
            .or_else(|error| cx.throw_error(format!("no threads to compute on: {error}")))
    }

    /// Where tasks are spawned.
    pub fn handle(&self) -> &Handle {
        self.runtime.handle()
    }

    /// One permit for each computation that may run.
    pub fn permits(&self) -> Arc<Semaphore> {
        Arc::clone(&self.permits)
    }
}
