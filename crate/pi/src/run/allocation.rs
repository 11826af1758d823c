//! Memory that the system may refuse.
//!
//! Rust ends the process when memory for a vector is refused. Vectors whose length grows with the number of digits are made
//! here instead: a refusal unwinds, past all panic hooks, to the border of the library, where [`refusable`] makes it an
//! [`Error::Allocation`]. Other vectors take some kilobytes a thread, and the spigot's numbers come from `num-bigint`.

use std::hint::black_box;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use bytemuck::Zeroable;
use bytemuck::allocation::try_zeroed_vec;

use crate::run::Error;

/// The payload of the unwinding when so many bytes are refused.
struct Refused(u64);

fn refuse<T>(len: usize) -> ! {
    resume_unwind(Box::new(Refused(mem::size_of::<T>().saturating_mul(len) as u64)))
}

/// The result of `work`, or [`Error::Allocation`] for the first refusal in it.
pub(crate) fn refusable<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    refusable_as(|bytes| Error::Allocation { bytes }, work)
}

/// The result of `work`, or the error that `error` makes of the bytes of the first refusal in it.
pub(crate) fn refusable_as<T, E>(
    error: impl FnOnce(u64) -> E,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    // Whatever a refusal interrupts is dropped, or lies behind locks that everybody takes for as good as new.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| match payload.downcast::<Refused>() {
        Ok(refused) => Err(error(refused.0)),
        Err(panic) => resume_unwind(panic),
    })
}

/// So many zeros; long vectors come from the system as zeros, and their pages are not touched.
pub(crate) fn zeros<T: Zeroable>(len: usize) -> Vec<T> {
    try_zeroed_vec(len).unwrap_or_else(|()| refuse::<T>(len))
}

/// A copy of a slice.
pub(crate) fn copy<T: Copy>(slice: &[T]) -> Vec<T> {
    let mut vector = with_capacity(slice.len());
    vector.extend_from_slice(slice);
    vector
}

/// An empty vector with room for so many elements.
pub(crate) fn with_capacity<T>(len: usize) -> Vec<T> {
    let mut vector = Vec::new();
    reserve(&mut vector, len);
    vector
}

/// Makes a vector as long as this, with `value` where it has nothing yet.
pub(crate) fn resize<T: Clone>(vector: &mut Vec<T>, len: usize, value: T) {
    reserve(vector, len.saturating_sub(vector.len()));
    vector.resize(len, value);
}

/// Makes room for so many more elements.
pub(crate) fn reserve<T>(vector: &mut Vec<T>, additional: usize) {
    if vector.try_reserve_exact(additional).is_err() {
        refuse::<T>(vector.len().saturating_add(additional));
    }
}

/// Whether so many bytes are to be had; where they are, they go back at once.
pub(crate) fn is_room_for(bytes: usize) -> bool {
    let mut room = Vec::<u8>::new();
    let is_room = room.try_reserve_exact(bytes).is_ok();
    // A compiler that sees that nobody uses the memory may leave the allocation out.
    black_box(&mut room);
    is_room
}

/// Refuses so many bytes if they are not to be had: for what others are about to allocate, and cannot do without.
pub(crate) fn require_room_for(bytes: usize) {
    if !is_room_for(bytes) {
        refuse::<u8>(bytes);
    }
}

/// An empty text with room for so many bytes.
pub(crate) fn text_with_capacity(bytes: usize) -> String {
    String::from_utf8(with_capacity(bytes)).expect("no bytes are a text")
}

/// Appends an element; as often as one likes, for the room grows by a sixteenth of its length.
pub(crate) fn push<T>(vector: &mut Vec<T>, value: T) {
    if vector.len() == vector.capacity() {
        reserve(vector, vector.len() / 16 + 4);
    }
    vector.push(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg_attr(miri, ignore = "Miri has no memory to refuse: it ends")]
    fn what_no_machine_has_is_refused() {
        let bytes = 1 << 62;
        // A compiler that sees that nobody uses the memory may leave the allocation out.
        let refused = Err(Error::Allocation { bytes });
        assert_eq!(refusable(|| Ok(black_box(zeros::<u64>(bytes as usize / 8)).len())), refused);
        assert_eq!(refusable(|| Ok(black_box(with_capacity::<u8>(bytes as usize)).len())), refused);
        let mut vector = vec![1u8, 2];
        let resized = refusable(|| {
            resize(&mut vector, bytes as usize, 0);
            Ok(vector.len())
        });
        assert_eq!(resized, refused);
        assert_eq!(vector, [1, 2]);
    }

    #[test]
    fn vectors_are_what_they_should_be() {
        let mut vector = zeros::<u64>(2);
        resize(&mut vector, 3, 7);
        assert_eq!(refusable(|| Ok(copy(&vector))), Ok(vec![0, 0, 7]));
        assert!(with_capacity::<u8>(5).capacity() >= 5);
    }

    #[test]
    fn other_panics_go_on() {
        let panic = catch_unwind(|| refusable::<()>(|| panic!("another"))).unwrap_err();
        assert_eq!(panic.downcast_ref(), Some(&"another"));
    }
}
