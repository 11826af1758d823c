//! Reads whether the FLINT that was built has its fast transform, so that the table can say so.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    let include =
        PathBuf::from(env::var_os("DEP_FLINT_INCLUDE_DIR").expect("flint3-sys gives its include folder"));
    let config = include.join("flint/flint-config.h");
    println!("cargo::rerun-if-changed={}", config.display());
    let config = fs::read_to_string(&config).expect("FLINT installs flint-config.h");
    let has_fft_small = config.lines().any(|line| line.trim() == "#define FLINT_HAVE_FFT_SMALL 1");
    println!("cargo::rustc-env=FLINT_HAVE_FFT_SMALL={}", u8::from(has_fft_small));
}
