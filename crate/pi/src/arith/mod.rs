//! Arithmetic of large natural numbers, from limbs to roots and quotients.

pub(crate) mod cyclic;
pub(crate) mod limbs;
pub(crate) mod mersenne;
pub(crate) mod newton;
pub(crate) mod ntt;
