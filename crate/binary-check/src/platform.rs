//! The platforms that binaries are made for, read from the npm manifests beside them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use object::{Architecture, BinaryFormat};
use serde_json::Value;

/// The platform that a binary is for: the `neon` entry of its package's manifest.
#[derive(Clone, Debug)]
pub struct Platform {
    /// npm's name of the platform, such as `linux-x64-gnu`.
    pub node: String,
    /// The Rust target that it is built as.
    pub rust: String,
    /// `linux`, `darwin` or `win32`.
    pub os: String,
    /// `x64`, `arm64` or `arm`.
    pub arch: String,
    /// `gnu`, `gnueabihf`, `musl`, `msvc`, or nothing.
    pub abi: Option<String>,
}

impl Platform {
    /// Reads a `package.json`.
    fn read(manifest: &[u8]) -> io::Result<Self> {
        let manifest: Value = serde_json::from_slice(manifest)?;
        let entry = |key: &str| manifest["neon"][key].as_str().map(str::to_owned);
        let needed = |key: &str| entry(key).ok_or_else(|| io::Error::other(format!("neon.{key} is missing")));
        Ok(Self {
            node: needed("node")?,
            rust: needed("rust")?,
            os: needed("os")?,
            arch: needed("arch")?,
            abi: entry("abi"),
        })
    }

    /// The file format of the platform's shared libraries.
    pub fn format(&self) -> BinaryFormat {
        match self.os.as_str() {
            "darwin" => BinaryFormat::MachO,
            "win32" => BinaryFormat::Pe,
            _ => BinaryFormat::Elf,
        }
    }

    /// The processor, as `object` names it.
    pub fn architecture(&self) -> Option<Architecture> {
        match self.arch.as_str() {
            "x64" => Some(Architecture::X86_64),
            "arm64" => Some(Architecture::Aarch64),
            "arm" => Some(Architecture::Arm),
            _ => None,
        }
    }

    /// The C library (`gnu`, `musl` or `msvc`), or an empty string where the system has only one.
    pub fn abi(&self) -> &str {
        match self.abi.as_deref() {
            // glibc, with arguments in floating-point registers.
            Some("gnueabihf") => "gnu",
            abi => abi.unwrap_or_default(),
        }
    }
}

/// Every platform package below `directory`, sorted, with the path that its binary has when it is built.
///
/// # Errors
///
/// When the directory or a manifest cannot be read.
pub fn list(directory: &Path) -> io::Result<Vec<(Platform, PathBuf)>> {
    let mut platforms = Vec::new();
    for entry in fs::read_dir(directory)? {
        let folder = entry?.path();
        let manifest = folder.join("package.json");
        if manifest.is_file() {
            platforms.push((Platform::read(&fs::read(&manifest)?)?, folder.join("index.node")));
        }
    }
    platforms.sort_by(|a, b| a.0.node.cmp(&b.0.node));
    Ok(platforms)
}
