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
    /// `linux`, `darwin` or `win32`.
    pub os: String,
    /// The processor by its name in Node.js, such as `x64` or `arm64`.
    pub arch: String,
    /// `gnu`, `gnueabihf`, `musl`, `musleabihf`, `msvc`, or nothing.
    pub abi: Option<String>,
}

impl Platform {
    /// Reads a `package.json`.
    fn read(manifest: &[u8]) -> io::Result<Self> {
        let manifest: Value = serde_json::from_slice(manifest)?;
        let entry = |key: &str| manifest["neon"][key].as_str().map(str::to_owned);
        let needed = |key: &str| entry(key).ok_or_else(|| io::Error::other(format!("neon.{key} is missing")));
        Ok(Self { node: needed("node")?, os: needed("os")?, arch: needed("arch")?, abi: entry("abi") })
    }

    /// The platform that a name such as `linux-x64-gnu` or `darwin-arm64` stands for.
    ///
    /// ```
    /// use binary_check::platform::Platform;
    ///
    /// let platform = Platform::named("linux-arm-gnueabihf")?;
    /// assert_eq!((platform.os.as_str(), platform.abi()), ("linux", "gnu"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the name has fewer parts than two, or more than three, or its processor is not known.
    pub fn named(name: &str) -> io::Result<Self> {
        let parts: Vec<&str> = name.split('-').collect();
        let platform = match *parts {
            [os, arch] => Some((os, arch, None)),
            [os, arch, abi] => Some((os, arch, Some(abi.to_owned()))),
            _ => None,
        };
        platform
            .map(|(os, arch, abi)| Self {
                node: name.to_owned(),
                os: os.to_owned(),
                arch: arch.to_owned(),
                abi,
            })
            .filter(|platform| platform.architecture().is_some())
            .ok_or_else(|| io::Error::other(format!("{name} is no platform such as linux-x64-gnu")))
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
            "ia32" => Some(Architecture::I386),
            "loong64" => Some(Architecture::LoongArch64),
            "ppc64" => Some(Architecture::PowerPc64),
            "riscv64" => Some(Architecture::Riscv64),
            "s390x" => Some(Architecture::S390x),
            _ => None,
        }
    }

    /// The C library (`gnu`, `musl` or `msvc`), or an empty string where the system has only one. Linux has glibc where the
    /// name says none.
    pub fn abi(&self) -> &str {
        match (self.os.as_str(), self.abi.as_deref()) {
            // With arguments in floating-point registers.
            (_, Some("gnueabihf")) | ("linux", None) => "gnu",
            (_, Some("musleabihf")) => "musl",
            (_, abi) => abi.unwrap_or_default(),
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
    let at = |path: &Path, error: io::Error| io::Error::other(format!("{}: {error}", path.display()));
    for entry in fs::read_dir(directory).map_err(|error| at(directory, error))? {
        let folder = entry?.path();
        let manifest = folder.join("package.json");
        if manifest.is_file() {
            let platform = fs::read(&manifest).and_then(|text| Platform::read(&text));
            platforms.push((platform.map_err(|error| at(&manifest, error))?, folder.join("index.node")));
        }
    }
    platforms.sort_by(|a, b| a.0.node.cmp(&b.0.node));
    Ok(platforms)
}
