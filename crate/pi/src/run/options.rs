//! Options of a computation.

use std::num::NonZeroUsize;

use super::job::Job;
use super::{Handle, team, threads};
use crate::simd::Simd;

/// How the digits are computed. Every algorithm gives the same digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// The Chudnovsky series by binary splitting: quasi-linear in n.
    #[default]
    Chudnovsky,
    /// Gibbons' unbounded spigot, as published: quadratic in n.
    Spigot,
}

/// Limits and choices for a computation; the defaults suit most.
///
/// They are values: computations may share them, at the same time too.
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use compute_pi::{Options, digits};
///
/// let options = Options::new().with_threads(NonZeroUsize::MIN).with_max_memory(1 << 20);
/// assert_eq!(digits(1000, &options)?.len(), 1000);
/// # Ok::<(), compute_pi::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Options {
    algorithm: Algorithm,
    threads: Option<NonZeroUsize>,
    cpus: Option<NonZeroUsize>,
    max_memory: Option<u64>,
    simd: Option<Simd>,
    verify: bool,
    handle: Option<Handle>,
}

impl Options {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Computes by this algorithm. Hexadecimal digits have one of their own.
    #[must_use]
    pub fn with_algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Uses at most this many threads, and no more than the process sees CPUs. The default is what the process may use:
    /// its affinity, its control group's quota, and in AWS Lambda its share of CPU time.
    #[must_use]
    pub fn with_threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Takes this for the number of CPUs that the process sees and may use, where the library cannot know it, or for a
    /// test of what a machine with so many would do.
    ///
    /// ```
    /// use compute_pi::{Options, digits};
    ///
    /// let options = Options::new().with_cpus(64.try_into()?);
    /// assert_eq!(options.threads(), 64);
    /// assert_eq!(*digits(3, &options)?, [3, 1, 4]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_cpus(mut self, cpus: NonZeroUsize) -> Self {
        self.cpus = Some(cpus);
        team::allow(cpus.get());
        self
    }

    /// Refuses a computation whose estimated peak is above this many bytes.
    #[must_use]
    pub fn with_max_memory(mut self, bytes: u64) -> Self {
        self.max_memory = Some(bytes);
        self
    }

    /// Uses the kernels of this instruction set. The default is the best one of the machine; one that the machine
    /// lacks is the same as [`Simd::Portable`].
    #[must_use]
    pub fn with_simd(mut self, simd: Simd) -> Self {
        self.simd = Some(simd);
        self
    }

    /// Proves the digits before they are given, by 6 % (millions of digits) to 12 % (ten thousand) more work; a proof that fails is
    /// [`Error::Verification`](crate::Error::Verification), and one that passes comes with the digits, as a
    /// [`Verification`](crate::Verification).
    ///
    /// The binary fraction that the digits are made from has to end with the hexadecimal digits that Bellard's formula
    /// gives there, as by [`hex::digits`](crate::hex::digits()), and the steps that this cannot see, the last one of the
    /// division and the conversion to decimal, have to be right modulo the prime 2^61 − 1. A random error anywhere
    /// goes unnoticed with a probability of about 2^−61. A stream gives its last digits only
    /// when all of them, as they were given, have passed. [`Algorithm::Spigot`]'s digits are held against those of
    /// the other algorithm, modulo the same prime.
    ///
    /// ```
    /// use compute_pi::{Options, digits};
    ///
    /// let digits = digits(4, &Options::new().with_verification())?;
    /// assert_eq!(*digits, [3, 1, 4, 1]);
    /// assert!(digits.verification().is_some_and(|verification| verification.hex_digits > 20));
    /// # Ok::<(), compute_pi::Error>(())
    /// ```
    #[must_use]
    pub fn with_verification(mut self) -> Self {
        self.verify = true;
        self
    }

    /// Lets the handle cancel the computation and watch its progress.
    #[must_use]
    pub fn with_handle(mut self, handle: &Handle) -> Self {
        self.handle = Some(handle.clone());
        self
    }

    /// The algorithm.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The threads that a computation may use: it uses as many of them as its work feeds.
    #[must_use]
    pub fn threads(&self) -> usize {
        match (self.threads, self.cpus) {
            (Some(threads), cpus) => threads.get().min(cpus.map_or_else(threads::visible, NonZeroUsize::get)),
            (None, Some(cpus)) => cpus.get(),
            (None, None) => threads::usable(),
        }
    }

    /// The most bytes that a computation may need, if there is a limit.
    #[must_use]
    pub fn max_memory(&self) -> Option<u64> {
        self.max_memory
    }

    /// The instruction set that a computation uses.
    #[must_use]
    pub fn simd(&self) -> Simd {
        match self.simd {
            None => Simd::detect(),
            Some(simd) if simd.is_available() => simd,
            Some(_) => Simd::Portable,
        }
    }

    /// Whether digits are proved before they are given.
    #[must_use]
    pub fn verifies(&self) -> bool {
        self.verify
    }

    /// A computation with these options.
    pub(crate) fn job(&self) -> Job {
        Job {
            handle: self.handle.clone().unwrap_or_default(),
            threads: self.threads(),
            simd: self.simd(),
            verify: self.verify,
        }
    }
}
