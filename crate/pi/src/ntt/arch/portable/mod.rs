//! Kernels for any machine.

mod array;

pub(crate) use array::{Array, KERNELS};
