//! Every rule is broken by a shared library made for it with the C compiler, and by nothing else.

#![cfg(all(target_os = "linux", target_env = "gnu"))]

mod library;

use binary_check::facts::{self, Facts, Linking};
use binary_check::platform::Platform;
use binary_check::requirements::Requirements;
use binary_check::rules;
use library::{ENTRY, host, library};
use object::{Architecture, BinaryFormat};

fn platform(name: &str) -> Platform {
    Platform::named(name).unwrap()
}

/// A project that sets bounds of its own.
fn project() -> Requirements {
    Requirements {
        max_bytes: Some(1_000_000),
        forbidden: vec!["for tests only".to_owned()],
        ..Requirements::default()
    }
}

/// Judges by the bounds of [`project`].
fn judge(facts: &Facts, platform: &Platform) -> Vec<String> {
    rules::judge(facts, platform, &project())
}

fn read(name: &str, source: &str, flags: &[&str], without: &[&str]) -> Facts {
    let data = std::fs::read(library(name, source, flags, without)).unwrap();
    facts::read(&data, &["/srv/builder".to_owned()], &project().forbidden).unwrap()
}

/// Asserts that the library breaks one rule, and that the sentence says `expected`.
fn breaks(name: &str, source: &str, flags: &[&str], without: &[&str], expected: &str) {
    let broken = judge(&read(name, source, flags, without), &host());
    assert_eq!(broken.len(), 1, "{name}: {broken:?}");
    assert!(broken[0].contains(expected), "{name}: {broken:?}");
}

#[test]
fn a_good_library_breaks_none() {
    assert_eq!(judge(&read("good", ENTRY, &[], &[]), &host()), Vec::<String>::new());
}

#[test]
fn a_newer_glibc_is_refused() {
    // Moved from libpthread to libc, with a new version, in glibc 2.34.
    let source =
        "int pthread_detach(unsigned long); void napi_register_module_v1(void) { pthread_detach(0); }";
    breaks("glibc", source, &[], &[], "needs GLIBC_2.34, newer than 2.26");
    let newer = Requirements { glibc: vec![2, 34], ..Requirements::default() };
    assert_eq!(rules::judge(&read("glibc-allowed", source, &[], &[]), &host(), &newer), [""; 0]);
}

#[test]
fn a_private_glibc_symbol_is_refused() {
    let source = format!("{ENTRY} extern int __nss_database_get(int, void *);\n")
        + "__attribute__((visibility(\"hidden\"), used)) int f(void) { return __nss_database_get(0, 0); }";
    breaks("private-symbol", &source, &[], &[], "needs GLIBC_PRIVATE");
}

#[test]
fn another_library_is_refused() {
    let extra = library("extra", "int extra(void) { return 1; }", &["-Wl,-soname,libextra.so"], &[]);
    let source = format!(
        "{ENTRY} int extra(void); __attribute__((visibility(\"hidden\"), used)) int f(void) {{ return extra(); }}"
    );
    breaks("library", &source, &[extra.to_str().unwrap()], &[], "needs the library libextra.so");
    let allowed = Requirements { libraries: vec!["libextra.so".to_owned()], ..Requirements::default() };
    let facts = read("library-allowed", &source, &[extra.to_str().unwrap()], &[]);
    assert_eq!(rules::judge(&facts, &host(), &allowed), [""; 0]);
}

#[test]
fn a_library_that_unloads_is_refused() {
    breaks("unloads", ENTRY, &[], &["-Wl,-z,nodelete"], "lacks NODELETE");
}

#[test]
fn an_unstripped_library_is_refused() {
    breaks("unstripped", ENTRY, &[], &["-s"], "is not stripped");
}

#[test]
fn another_machine_or_format_is_refused() {
    let facts = read("machine", ENTRY, &[], &[]);
    let other = if cfg!(target_arch = "x86_64") { "arm64" } else { "x64" };
    let broken = judge(&facts, &platform(&format!("linux-{other}-gnu")));
    assert!(broken[0].contains(&format!("not one for linux-{other}-gnu")), "{broken:?}");
    let broken = judge(&facts, &platform(&format!("darwin-{}", host().arch)));
    assert!(broken[0].contains("is a Elf file"), "{broken:?}");
}

#[test]
fn partial_relro_is_refused() {
    breaks("lazy", ENTRY, &["-Wl,-z,lazy"], &["-Wl,-z,now"], "lacks full RELRO");
    breaks("no-relro", ENTRY, &["-Wl,-z,norelro"], &["-Wl,-z,relro"], "lacks full RELRO");
}

#[test]
fn an_executable_stack_is_refused() {
    breaks("stack", ENTRY, &["-Wl,-z,execstack"], &["-Wl,-z,noexecstack"], "executable stack");
}

#[test]
fn text_relocations_are_refused() {
    let source = format!("{ENTRY} __asm__(\".text\\n.quad puts\\n\");");
    breaks("text-relocations", &source, &["-Wl,-z,notext"], &[], "text relocations");
}

#[test]
fn other_exports_and_a_missing_entry_point_are_refused() {
    breaks("exports", &format!("{ENTRY} int leaked(void) {{ return 1; }}"), &[], &[], "entry points: leaked");
    breaks(
        "entry",
        "int puts(const char *);\n static int f(void) { return puts(\"\"); } \
        __attribute__((used)) static int (*g)(void) = f;",
        &[],
        &[],
        "does not export napi_register_module_v1",
    );
}

#[test]
fn a_path_of_the_machine_is_refused() {
    for (name, path) in [
        ("home", "/home/ada/.cargo/registry/src/neon/lib.rs"),
        ("macos", "/Users/ada/.cargo/registry/src/neon/lib.rs"),
        ("windows", "C:\\\\Users\\\\ada\\\\lib.rs"),
        ("builder", "/srv/builder/crate/lib.rs"),
    ] {
        let source = ENTRY.replace("\"pi\"", &format!("\"{path}\""));
        breaks(name, &source, &[], &[], &format!("contains the path {}", path.replace("\\\\", "\\")));
    }
}

#[test]
fn a_library_with_faults_for_tests_is_refused() {
    let source = ENTRY.replace("\"pi\"", "\"neon-boundary fault injection\"");
    breaks("faults", &source, &[], &[], "can be asked for faults");
}

#[test]
fn a_forbidden_text_is_refused() {
    let source = ENTRY.replace("\"pi\"", "\"this is for tests only\"");
    breaks("forbidden", &source, &[], &[], "contains the text \"for tests only\"");
}

#[test]
fn a_library_over_the_budget_is_refused() {
    let source = format!("{ENTRY} __attribute__((used)) static const char pad[1000000] = {{1}};");
    breaks("size", &source, &[], &[], "over the budget of 1000000");
    let facts = read("size-unbounded", &source, &[], &[]);
    assert_eq!(rules::judge(&facts, &host(), &Requirements::default()), [""; 0]);
}

#[test]
fn a_library_without_glibc_is_refused_on_gnu_and_one_with_it_on_musl() {
    breaks(
        "freestanding",
        "void napi_register_module_v1(void) {}",
        &["-nostdlib"],
        &[],
        "names no glibc version",
    );
    let musl = platform(&format!("linux-{}-musl", host().arch));
    let broken = judge(&read("musl", ENTRY, &[], &[]), &musl);
    assert!(broken.iter().any(|sentence| sentence.contains("on musl")), "{broken:?}");
    assert!(broken.iter().any(|sentence| sentence.contains("needs the library libc.so.6")), "{broken:?}");
}

fn foreign(format: BinaryFormat, linking: Linking, library: &str, export: &str) -> Facts {
    Facts {
        format,
        architecture: Architecture::X86_64,
        size: 1,
        libraries: vec![library.to_owned()],
        exports: vec![export.to_owned()],
        has_symbols: false,
        paths: vec![],
        forbidden: vec![],
        injects_faults: false,
        linking,
    }
}

#[test]
fn macos_and_windows_have_their_own_rules() {
    let (mac, windows) = (platform("darwin-x64"), platform("win32-x64-msvc"));
    let mach_o =
        |library, export| judge(&foreign(BinaryFormat::MachO, Linking::MachO, library, export), &mac);
    assert!(mach_o("/usr/lib/libSystem.B.dylib", "_napi_register_module_v1").is_empty());
    assert_eq!(mach_o("/usr/lib/libSystem.B.dylib", "_other").len(), 2);
    assert_eq!(mach_o("/opt/homebrew/lib/libgmp.dylib", "_napi_register_module_v1").len(), 1);

    let pe = |library, safe| {
        let linking = Linking::Pe { dynamic_base: safe, nx_compatible: safe };
        judge(&foreign(BinaryFormat::Pe, linking, library, "napi_register_module_v1"), &windows)
    };
    assert!(pe("KERNEL32.dll", true).is_empty());
    assert_eq!(pe("VCRUNTIME140.dll", true), ["needs the library VCRUNTIME140.dll"]);
    assert_eq!(pe("KERNEL32.dll", false).len(), 2);
}

#[test]
fn what_is_no_binary_is_an_error() {
    assert!(facts::read(b"not a binary", &[], &[]).is_err());
    assert!(facts::read(b"\x7fELF\x02\x01\x01", &[], &[]).is_err());
}

#[test]
fn two_builds_are_compared() {
    let one = read("twin", ENTRY, &[], &[]);
    assert_eq!(rules::differences(&one, &read("twin-again", ENTRY, &["-O2"], &[])), [""; 0]);
    for (name, source, flags, without, expected) in [
        ("twin-exports", &*format!("{ENTRY}int other(void) {{ return 1; }}\n"), &[][..], &[][..], "exports"),
        ("twin-unloads", ENTRY, &[][..], &["-Wl,-z,nodelete"][..], "unloaded"),
        (
            "twin-size",
            &*format!("{ENTRY}static const char padding[1 << 20] __attribute__((used)) = {{1}};\n"),
            &[],
            &[],
            "bytes",
        ),
    ] {
        let found = rules::differences(&one, &read(name, source, flags, without));
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert!(found[0].contains(expected), "{name}: {found:?}");
    }
}

#[test]
fn a_32_bit_file_is_read() {
    let arm = platform("linux-arm-gnueabihf");
    assert_eq!((arm.abi(), arm.architecture()), ("gnu", Some(Architecture::Arm)));
    // The smallest that says what it is: a header for ARM with nothing in it.
    let mut header = vec![0; 52];
    header[..7].copy_from_slice(&[0x7f, b'E', b'L', b'F', 1, 1, 1]);
    header[16..20].copy_from_slice(&[3, 0, 40, 0]);
    header[20] = 1;
    header[40..42].copy_from_slice(&[52, 0]);
    let facts = facts::read(&header, &[], &[]).unwrap();
    assert_eq!((facts.format, facts.architecture), (BinaryFormat::Elf, Architecture::Arm));
    assert!(matches!(facts.linking, Linking::Elf(_)));

    // The same for Windows: no section, no directory, and the flags for a random address and for data that is not executed.
    let mut header = vec![0; 184];
    header[..2].copy_from_slice(b"MZ");
    header[60] = 64;
    header[64..70].copy_from_slice(&[b'P', b'E', 0, 0, 0x4c, 1]);
    header[84] = 96;
    header[88..90].copy_from_slice(&[0x0b, 1]);
    header[158..160].copy_from_slice(&[0x40, 1]);
    let facts = facts::read(&header, &[], &[]).unwrap();
    assert_eq!((facts.format, facts.architecture), (BinaryFormat::Pe, Architecture::I386));
    assert!(matches!(facts.linking, Linking::Pe { dynamic_base: true, nx_compatible: true }));
}
