//! Tokens of instruction sets: who has one runs on a machine that has the instructions.

use super::Vectors;

/// Work that is written once and compiled for every instruction set.
pub(crate) trait Kernel {
    type Output;

    /// `inline(always)`, and so is all that it calls: only so is it compiled with the instructions.
    fn run<S: Vectors>(self, simd: S) -> Self::Output;
}

/// Does the work of an instruction set that need not be detected, in a function of its own as with those that are: its stack
/// is not taken where another one does the work.
#[inline(never)]
pub(super) fn run<K: Kernel, S: Vectors>(kernel: K, simd: S) -> K::Output {
    kernel.run(simd)
}

/// Defines a token with another one that it implies, from the features that are detected for it and that its kernels
/// are compiled with.
#[cfg(target_arch = "x86_64")]
macro_rules! token {
    ($(#[$doc:meta])* $token:ident($implied:ty = $detected:expr), $kernel:ident, $($feature:tt),+) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $token($implied);

        impl $token {
            /// The only way to a token.
            #[inline]
            pub(crate) fn detect() -> Option<Self> {
                let available = !cfg!(miri) $(&& std::arch::is_x86_feature_detected!($feature))+;
                if available { $detected.map(Self) } else { None }
            }

            /// Does the work with this instruction set.
            #[inline]
            pub(crate) fn run<K: $kernel>(self, kernel: K) -> K::Output {
                #[target_feature($(enable = $feature),+)]
                fn compiled<K: $kernel>(kernel: K, token: $token) -> K::Output {
                    kernel.run(token)
                }
                // SAFETY: the token was made where the machine was seen to have these features.
                unsafe { compiled(kernel, self) }
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
pub(super) use token;
