//! Link options of the addon.

fn main() {
    // Node unloads an addon when the last worker thread that loaded it ends; Rust's thread-local
    // destructors would then run unmapped code. `nodelete` keeps the library mapped.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-link-arg-cdylib=-Wl,-z,nodelete");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
