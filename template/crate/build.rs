//! Link options of the addon.

fn main() {
    let system = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    // Node.js unloads an addon when the last worker thread that loaded it ends; Rust's thread-local destructors would
    // then run unmapped code.
    if system == "linux" {
        println!("cargo:rustc-link-arg-cdylib=-Wl,-z,nodelete");
    }
    // The linker would write the path of the build folder into the file.
    if system == "macos" {
        println!("cargo:rustc-link-arg-cdylib=-Wl,-install_name,@rpath/index.node");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
