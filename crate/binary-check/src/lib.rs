//! Proves on the file what a prebuilt addon must be: which machine and C library it runs on, what it
//! asks of them, how it is linked, and that it carries nothing that it should not.
//!
//! [`facts`] reads a binary, [`rules`] judges it against the [`platform`] that its manifest names and the [`requirements`] of
//! its project.
//!
//! ```no_run
//! use binary_check::{facts, platform::Platform, requirements::Requirements, rules};
//!
//! let requirements = Requirements::of(".".as_ref())?;
//! let facts = facts::read(&std::fs::read("addon.node")?, &[], &requirements.forbidden)?;
//! for sentence in rules::judge(&facts, &Platform::named("linux-x64-gnu")?, &requirements) {
//!     println!("it {sentence}");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod facts;
pub mod platform;
pub mod requirements;
pub mod rules;
