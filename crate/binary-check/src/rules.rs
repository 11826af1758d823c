//! The rules that a published binary keeps.

use object::BinaryFormat;

use crate::facts::{ElfLinking, Facts, Linking, Version};
use crate::platform::Platform;
use crate::requirements::Requirements;

/// Node-API's entry points: all that Node.js looks up in an addon.
pub const ENTRY_POINTS: [&str; 2] = ["napi_register_module_v1", "node_api_module_get_api_version_v1"];

/// Judges `facts` as the binary of `platform` in a project with these `requirements`: one sentence for each rule that is
/// broken.
pub fn judge(facts: &Facts, platform: &Platform, requirements: &Requirements) -> Vec<String> {
    let mut broken = Vec::new();
    if facts.format != platform.format() || Some(facts.architecture) != platform.architecture() {
        broken.push(format!(
            "is a {:?} file for {:?}, not one for {}",
            facts.format, facts.architecture, platform.node
        ));
        return broken;
    }
    if let Some(budget) = requirements.max_bytes.filter(|&budget| facts.size > budget) {
        broken.push(format!("has {} bytes, over the budget of {budget}", facts.size));
    }
    for library in &facts.libraries {
        if !is_system_library(library, platform) && !requirements.libraries.contains(library) {
            broken.push(format!("needs the library {library}"));
        }
    }
    judge_exports(facts, &mut broken);
    if facts.has_symbols {
        broken.push("is not stripped".to_owned());
    }
    for path in &facts.paths {
        broken.push(format!("contains the path {path}"));
    }
    for text in &facts.forbidden {
        broken.push(format!("contains the text \"{text}\""));
    }
    if facts.injects_faults {
        broken.push("can be asked for faults: it was built for tests".to_owned());
    }
    match &facts.linking {
        Linking::Elf(linking) => judge_elf(linking, platform, &requirements.glibc, &mut broken),
        Linking::Pe { dynamic_base, nx_compatible } => {
            if !dynamic_base {
                broken.push("is not loaded at a random address".to_owned());
            }
            if !nx_compatible {
                broken.push("allows data to be executed".to_owned());
            }
        }
        Linking::MachO => {}
    }
    broken
}

/// Compares two builds of the same sources by different linkers: one sentence for each way in which they differ that no
/// linker accounts for.
pub fn differences(one: &Facts, other: &Facts) -> Vec<String> {
    let mut found = Vec::new();
    if (one.format, one.architecture) != (other.format, other.architecture) {
        found.push(format!("is for {:?}, the other for {:?}", one.architecture, other.architecture));
    }
    if one.exports != other.exports {
        found.push(format!("exports {:?}, the other {:?}", one.exports, other.exports));
    }
    let stays = |facts: &Facts| matches!(&facts.linking, Linking::Elf(linking) if linking.nodelete);
    if stays(one) != stays(other) {
        found.push("differs from the other in whether it may be unloaded".to_owned());
    }
    if one.size.abs_diff(other.size) * 4 > one.size.max(other.size) {
        found.push(format!("has {} bytes, the other {}", one.size, other.size));
    }
    found
}

fn judge_exports(facts: &Facts, broken: &mut Vec<String>) {
    // A C name has a leading underscore in a Mach-O file.
    let prefix = if facts.format == BinaryFormat::MachO { "_" } else { "" };
    let name = |export: &'_ str| export.strip_prefix(prefix).unwrap_or(export).to_owned();
    let exports: Vec<String> = facts.exports.iter().map(|export| name(export)).collect();
    if !exports.iter().any(|export| export == ENTRY_POINTS[0]) {
        broken.push(format!("does not export {}", ENTRY_POINTS[0]));
    }
    let others: Vec<&str> =
        exports.iter().map(String::as_str).filter(|export| !ENTRY_POINTS.contains(export)).collect();
    if !others.is_empty() {
        broken.push(format!("exports more than Node-API's entry points: {}", others.join(", ")));
    }
}

fn judge_elf(linking: &ElfLinking, platform: &Platform, glibc: &[u32], broken: &mut Vec<String>) {
    match (&linking.newest_glibc, platform.abi()) {
        (Some(version), "gnu") if version.as_slice() > glibc => {
            broken.push(format!("needs GLIBC_{}, newer than {}", version_text(version), version_text(glibc)))
        }
        (None, "gnu") => broken.push("names no glibc version: is it linked to glibc?".to_owned()),
        (Some(version), "musl") => broken.push(format!("needs GLIBC_{} on musl", version_text(version))),
        _ => {}
    }
    if !linking.odd_glibc.is_empty() {
        broken.push(format!("needs {}", linking.odd_glibc.join(", ")));
    }
    if !linking.nodelete {
        broken.push("lacks NODELETE: unloading it with a worker thread would crash".to_owned());
    }
    if !linking.full_relro {
        broken.push("lacks full RELRO".to_owned());
    }
    if linking.executable_stack {
        broken.push("asks for an executable stack".to_owned());
    }
    if linking.text_relocations {
        broken.push("has text relocations".to_owned());
    }
}

/// Libraries that every system of the platform has.
fn is_system_library(library: &str, platform: &Platform) -> bool {
    match (platform.os.as_str(), platform.abi()) {
        ("linux", "gnu") => {
            // The loader's names, which have the processor in them.
            library.starts_with("ld-linux")
                || library.starts_with("ld64.so.")
                || matches!(
                    library,
                    "libc.so.6" | "libm.so.6" | "libgcc_s.so.1" | "libpthread.so.0" | "libdl.so.2"
                )
        }
        // Alpine's name, with the processor in it, and upstream's: musl takes both for itself.
        ("linux", "musl") => {
            library.starts_with("libc.musl-") || matches!(library, "libc.so" | "libgcc_s.so.1")
        }
        ("darwin", _) => matches!(library, "/usr/lib/libSystem.B.dylib" | "/usr/lib/libiconv.2.dylib"),
        // The Visual C++ run-time library is not among them: a fresh Windows lacks it.
        ("win32", _) => {
            let name = library.to_ascii_lowercase();
            name.starts_with("api-ms-win-core-")
                || matches!(
                    name.as_str(),
                    "kernel32.dll"
                        | "ntdll.dll"
                        | "advapi32.dll"
                        | "bcryptprimitives.dll"
                        | "ws2_32.dll"
                        | "userenv.dll"
                )
        }
        _ => false,
    }
}

/// `[2, 26]` as `2.26`.
pub fn version_text(version: &[u32]) -> String {
    version.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}

/// The newest glibc version that the binary asks for; `None` where that means nothing.
pub fn newest_glibc(facts: &Facts) -> Option<&Version> {
    match &facts.linking {
        Linking::Elf(linking) => linking.newest_glibc.as_ref(),
        _ => None,
    }
}
