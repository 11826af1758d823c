//! Shared libraries, made with the C compiler.

use std::path::PathBuf;
use std::process::Command;

use binary_check::platform::Platform;

/// An addon as good as any.
pub const ENTRY: &str = "int puts(const char *); void napi_register_module_v1(void) { puts(\"pi\"); }\n";

const HARDENED: [&str; 7] =
    ["-shared", "-fPIC", "-s", "-Wl,-z,nodelete", "-Wl,-z,now", "-Wl,-z,relro", "-Wl,-z,noexecstack"];

/// The platform that the compiler makes them for.
pub fn host() -> Platform {
    let arch = if cfg!(target_arch = "x86_64") { "x64" } else { "arm64" };
    Platform::named(&format!("linux-{arch}-gnu")).unwrap()
}

/// Compiles `source` as a shared library with the flags of a good one plus `flags`, less `without`.
pub fn library(name: &str, source: &str, flags: &[&str], without: &[&str]) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&directory).unwrap();
    std::fs::write(directory.join("source.c"), source).unwrap();
    let status = Command::new("cc")
        .current_dir(&directory)
        .args(HARDENED.iter().filter(|flag| !without.contains(flag)))
        .args(["-o", "index.node", "source.c"])
        .args(flags)
        .status()
        .unwrap();
    assert!(status.success(), "cc makes {name}");
    directory.join("index.node")
}
