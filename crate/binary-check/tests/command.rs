//! The program, in a folder as a project has it.

#![cfg(all(target_os = "linux", target_env = "gnu"))]

mod library;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use library::{ENTRY, host, library};

/// A project whose manifest is `manifest`, with one binary that breaks no rule.
fn project(name: &str, manifest: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("project-{name}"));
    let platform = host();
    let package = folder.join("platforms").join(&platform.node);
    fs::create_dir_all(&package).unwrap();
    fs::copy(library(&format!("command-{name}"), ENTRY, &[], &[]), package.join("index.node")).unwrap();
    let entry = format!(
        r#"{{ "neon": {{ "node": "{}", "os": "{}", "arch": "{}", "abi": "gnu" }} }}"#,
        platform.node, platform.os, platform.arch
    );
    fs::write(package.join("package.json"), entry).unwrap();
    fs::write(folder.join("package.json"), manifest).unwrap();
    folder
}

/// The exit code, and all that it printed.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_binary-check"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

#[track_caller]
fn prints((code, text): (Option<i32>, String), wanted: i32, expected: &str) {
    assert_eq!(code, Some(wanted), "{text}");
    assert!(text.contains(expected), "{text}");
}

#[test]
fn the_platforms_of_a_project_are_judged_by_its_manifest() {
    let folder = project("bounds", r#"{ "binary-check": { "maxBytes": 1000 } }"#);
    prints(run(&folder, &[]), 1, "bytes, over the budget of 1000");
    fs::write(folder.join("package.json"), r#"{ "binary-check": { "max": 1000 } }"#).unwrap();
    prints(run(&folder, &[]), 2, "package.json: binary-check.max is unknown");
    fs::remove_file(folder.join("package.json")).unwrap();
    prints(run(&folder, &[]), 0, "1 checked, 0 rules broken");
    prints(run(&folder, &[&host().node]), 0, "1 checked, 0 rules broken");
    prints(run(&folder, &["linux-x64-musl"]), 2, "linux-x64-musl is not among the platforms");
}

#[test]
fn one_file_is_judged_wherever_it_is() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("project-none");
    fs::create_dir_all(&folder).unwrap();
    let file = library("command-file", ENTRY, &[], &["-s"]);
    let file = file.to_str().unwrap();
    let name = host().node;
    prints(run(&folder, &[&name, "--file", file]), 1, "is not stripped");
    prints(run(&folder, &[&name, "--file", file, "--same", file]), 1, "1 checked, 1 rules broken");
    prints(run(&folder, &["darwin-arm64", "--file", file]), 1, "is a Elf file");
    prints(run(&folder, &["linux", "--file", file]), 2, "linux is no platform such as linux-x64-gnu");
    prints(run(&folder, &[&name, "--file", "none.node"]), 2, "none.node: No such file");
    prints(run(&folder, &[]), 2, "platforms: No such file");
}

#[test]
fn it_says_how_it_is_used() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    prints(run(folder, &["--help"]), 0, "usage: binary-check [PLATFORM…]");
    prints(run(folder, &["--what"]), 2, "--what is no option: see --help");
    prints(run(folder, &["--file", "some.node"]), 2, "need one PLATFORM");
    prints(run(folder, &["linux-x64-gnu", "--same"]), 2, "--same needs a file");
}
