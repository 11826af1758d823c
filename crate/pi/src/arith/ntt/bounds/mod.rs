//! The bounds on which exactness rests, followed through every step of the kernels from the actual constants, once for
//! each form of points.

mod doubles;
#[cfg(not(short_primes))]
mod integers;
