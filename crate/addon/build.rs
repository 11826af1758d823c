//! Link options of the addon.

fn main() {
    // Node unloads an addon when the last worker thread that loaded it ends; Rust's thread-local
    // destructors would then run unmapped code. `nodelete` keeps the library mapped.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-link-arg-cdylib=-Wl,-z,nodelete");
    }
    // The linker would write the path of the build folder into the file.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("macos") {
        println!("cargo:rustc-link-arg-cdylib=-Wl,-install_name,@rpath/compute_pi_rs.node");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
