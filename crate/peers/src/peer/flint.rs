//! FLINT: Chudnovsky by `arb_hypgeom_infsum`, as `arb_const_pi` does, then text by `fmpz_get_str`.
//!
//! `arb_const_pi` itself keeps its result, and below 4,600 bits reads it from a table, so a second call would
//! measure nothing; `flint_cleanup` would empty that cache, and the transform's tables with it.

use std::ffi::{CStr, c_void};
use std::mem::MaybeUninit;

use flint3_sys::*;

/// Whether this FLINT multiplies with its fast transform; without it, it is not the FLINT to beat.
pub const HAS_FFT_SMALL: bool = matches!(env!("FLINT_HAVE_FFT_SMALL").as_bytes(), b"1");

/// An object of FLINT, cleared when it goes out of scope.
struct Owned<T> {
    value: Box<T>,
    clear: unsafe extern "C" fn(*mut T),
}

impl<T> Owned<T> {
    fn new(init: unsafe extern "C" fn(*mut T), clear: unsafe extern "C" fn(*mut T)) -> Self {
        let mut value = Box::new(MaybeUninit::<T>::uninit());
        // SAFETY: `init` is FLINT's constructor for T, and writes all of it.
        let value = unsafe {
            init(value.as_mut_ptr());
            value.assume_init()
        };
        Self { value, clear }
    }

    fn ptr(&mut self) -> *mut T {
        &raw mut *self.value
    }
}

impl<T> Drop for Owned<T> {
    fn drop(&mut self) {
        // SAFETY: the value was made by the matching constructor and is not used again.
        unsafe { (self.clear)(self.ptr()) }
    }
}

/// Lets FLINT work on so many threads. Where that is another number than before, it starts or ends some, which takes a
/// multiple of the time of a thousand digits: no part of a run.
pub fn use_threads(threads: usize) {
    // SAFETY: no other function of FLINT runs.
    unsafe { flint_set_num_threads(threads as i32) }
}

/// The first `n` digits as text, on the threads of [`use_threads`].
pub fn digits(n: usize) -> Vec<u8> {
    let prec = (n as f64 * std::f64::consts::LOG2_10) as slong + 64;
    let arb = || Owned::<arb_struct>::new(arb_init, arb_clear);
    let fmpz = || Owned::<fmpz>::new(fmpz_init, fmpz_clear);
    let (mut p, mut q, mut root) = (arb(), arb(), arb());
    let mut digits = fmpz();
    // SAFETY: every object is initialised, used by one thread, and the strings are C strings.
    unsafe {
        {
            let mut series = Owned::<hypgeom_struct>::new(hypgeom_init, hypgeom_clear);
            let polynomial = |target: *mut fmpz_poly_struct, text: &CStr| {
                assert_eq!(fmpz_poly_set_str(target, text.as_ptr()), 0, "a polynomial that FLINT can read");
            };
            polynomial(&raw mut series.value.A[0], c"2  13591409 545140134");
            polynomial(&raw mut series.value.B[0], c"1  1");
            polynomial(&raw mut series.value.P[0], c"4  5 -46 108 -72");
            polynomial(&raw mut series.value.Q[0], c"4  0 0 0 10939058860032000");
            arb_hypgeom_infsum(p.ptr(), q.ptr(), series.ptr(), prec, prec);
        }
        // pi = q · (640320 / 12) · sqrt(640320) / p.
        arb_rsqrt_ui(root.ptr(), 640_320, prec);
        arb_mul(p.ptr(), p.ptr(), root.ptr(), prec);
        arb_mul_ui(q.ptr(), q.ptr(), 640_320 / 12, prec);
        arb_div(q.ptr(), q.ptr(), p.ptr(), prec);
        drop((p, root));

        fmpz_ui_pow_ui(digits.ptr(), 10, n.saturating_sub(1) as ulong);
        arb_mul_fmpz(q.ptr(), q.ptr(), digits.ptr(), prec);
        arb_floor(q.ptr(), q.ptr(), prec);
        let unique = arb_get_unique_fmpz(digits.ptr(), q.ptr());
        assert_ne!(unique, 0, "64 guard bits decide the last digit");
        drop(q);
        let text = fmpz_get_str(std::ptr::null_mut(), 10, digits.ptr());
        let bytes = CStr::from_ptr(text).to_bytes().to_vec();
        flint_free(text.cast::<c_void>());
        bytes
    }
}
