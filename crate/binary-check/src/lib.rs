//! Proves on the file what a prebuilt addon must be: which machine and C library it runs on, what it
//! asks of them, how it is linked, and that it carries nothing that it should not.
//!
//! [`facts`] reads a binary, [`rules`] judges it against the [`platform`] that its manifest names.

pub mod facts;
pub mod platform;
pub mod rules;
