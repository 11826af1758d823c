//! Memory that is used again: the first touch of a page costs more than most work done on it.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

use bytemuck::Zeroable;

use crate::run::Job;
use crate::run::allocation::{reserve, resize, zeros};

/// Bytes of new memory that are touched between two looks at the cancel switch.
const MAX_PIECE: usize = 1 << 20;
/// Bytes of an idle vector that are no waste on any buffer.
const SMALL: usize = 1 << 18;

/// Idle vectors, from which [`Pool::take`] makes buffers. Clones share them.
pub(crate) struct Pool<T> {
    idle: Arc<Mutex<Vec<Vec<T>>>>,
}

impl<T> Clone for Pool<T> {
    fn clone(&self) -> Self {
        Self { idle: Arc::clone(&self.idle) }
    }
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self { idle: Arc::default() }
    }
}

impl<T> fmt::Debug for Pool<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").finish_non_exhaustive()
    }
}

impl<T: Copy + Default + Zeroable> Pool<T> {
    /// A buffer with unspecified contents, from the smallest idle vector that is long enough, or else from the
    /// longest one that is not: grown, or made anew, so that the threads that use its pages are those that touch them first.
    /// An empty one when the job is cancelled meanwhile.
    pub(crate) fn take(&self, len: usize, grows: bool, job: &Job) -> Buffer<T> {
        let mut vector = {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            let at = idle.partition_point(|vector| vector.len() < len);
            if idle.get(at).is_some_and(|vector| is_fit(vector, len)) {
                idle.remove(at)
            } else {
                at.checked_sub(1).map(|below| idle.remove(below)).unwrap_or_default()
            }
        };
        if vector.len() < len {
            if !grows || size_of_val(&vector[..]) < MAX_PIECE {
                // Only long vectors grow by moving their pages; of this one the contents would be copied.
                vector = Vec::new();
            }
            if !grows && !job.is_cancelled() {
                vector = zeros(len);
            }
            let missing = len - vector.len();
            reserve(&mut vector, missing);
        }
        while vector.len() < len && !job.is_cancelled() {
            let next = len.min(vector.len() + MAX_PIECE / size_of::<T>());
            resize(&mut vector, next, T::default());
        }
        let len = if vector.len() < len { 0 } else { len };
        Buffer { vector, len, pool: self.clone() }
    }

    /// Frees the idle vectors but the `count` longest.
    pub(crate) fn keep(&self, count: usize) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let excess = idle.len().saturating_sub(count);
        idle.drain(..excess);
    }

    /// Frees the idle vectors.
    pub(crate) fn clear(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Whether a vector that is long enough is not so long that longer buffers would miss it.
fn is_fit<T>(vector: &[T], len: usize) -> bool {
    vector.len() <= 4 * len || size_of_val(vector) <= SMALL
}

/// A slice whose memory goes back to its pool.
pub(crate) struct Buffer<T> {
    vector: Vec<T>,
    len: usize,
    pool: Pool<T>,
}

impl<T> Deref for Buffer<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.vector[..self.len]
    }
}

impl<T> DerefMut for Buffer<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.vector[..self.len]
    }
}

impl<T> fmt::Debug for Buffer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffer").field("len", &self.len).finish_non_exhaustive()
    }
}

impl<T> Drop for Buffer<T> {
    fn drop(&mut self) {
        let vector = std::mem::take(&mut self.vector);
        let mut idle = self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner);
        // Without room in the list the vector is freed.
        if idle.try_reserve(1).is_ok() {
            let at = idle.partition_point(|other| other.len() < vector.len());
            idle.insert(at, vector);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_come_back_and_grow() {
        let (pool, job) = (Pool::<u64>::default(), Job::new());
        let (mut a, b) = (pool.take(10, true, &job), pool.take(20, true, &job));
        a.fill(1);
        drop((a, b));
        assert_eq!(pool.idle.lock().unwrap().iter().map(Vec::len).collect::<Vec<_>>(), [10, 20]);
        assert_eq!(*pool.take(5, true, &job), [1; 5]);
        let long = pool.take(30, true, &job);
        assert_eq!(long.len(), 30);
        drop(long);
        assert_eq!(pool.idle.lock().unwrap().iter().map(Vec::len).collect::<Vec<_>>(), [10, 30]);
        pool.keep(1);
        assert_eq!(pool.idle.lock().unwrap().iter().map(Vec::len).collect::<Vec<_>>(), [30]);
        pool.clear();
        // The rest fills megabytes, word by word.
        if cfg!(miri) {
            return;
        }
        // A vector of two megabytes is there for no ten words.
        drop(pool.take(1 << 18, true, &job));
        assert_eq!(pool.take(9, true, &job).vector.len(), 9);
        assert_eq!(pool.take(1 << 16, true, &job).vector.len(), 1 << 18);
        assert_eq!(pool.take(1 << 19, true, &job).vector.len(), 1 << 19);
        assert_eq!(*pool.take(3, true, &job), [0; 3]);
        job.handle.cancel();
        assert_eq!(*pool.take(3, true, &job), [0; 3]);
        assert_eq!(*pool.take(1000, true, &job), []);
    }
}
