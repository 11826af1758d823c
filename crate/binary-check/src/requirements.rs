//! The rules that a project sets for itself, read from the `package.json` at its top.
//!
//! ```json
//! {
//!   "binary-check": {
//!     "glibc": "2.28",
//!     "maxBytes": 1250000,
//!     "libraries": ["libz.so.1"],
//!     "forbidden": ["for tests only"]
//!   }
//! }
//! ```
//!
//! Each entry may be left out, and so may all of it: [`Requirements::default`] holds then.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::facts::{Version, parse_version};

/// The name of the object in `package.json`.
pub const ENTRY: &str = "binary-check";

/// The bounds of one project's binaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirements {
    /// `glibc`: the newest version whose symbols a binary for glibc may ask for; 2.26 by default, that of Amazon Linux 2, the
    /// oldest system that AWS Lambda has run Node.js 18 on.
    pub glibc: Version,
    /// `maxBytes`: the most bytes that a file may have; any number by default.
    pub max_bytes: Option<u64>,
    /// `libraries`: names of libraries that a binary may need besides those that every system of its kind has; none by default.
    pub libraries: Vec<String>,
    /// `forbidden`: texts that no binary may contain, such as one that only a build for tests holds; none by default.
    pub forbidden: Vec<String>,
}

impl Default for Requirements {
    fn default() -> Self {
        Self { glibc: vec![2, 26], max_bytes: None, libraries: Vec::new(), forbidden: Vec::new() }
    }
}

impl Requirements {
    /// Those of the project in `folder`: the defaults where its `package.json` says none, or is not there.
    ///
    /// # Errors
    ///
    /// When the manifest cannot be read, is no JSON, or says something that [`Requirements::read`] refuses.
    pub fn of(folder: &Path) -> io::Result<Self> {
        let path = folder.join("package.json");
        match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            manifest => manifest
                .and_then(|manifest| Self::read(&manifest))
                .map_err(|error| io::Error::other(format!("{}: {error}", path.display()))),
        }
    }

    /// Those in the text of a `package.json`.
    ///
    /// ```
    /// use binary_check::requirements::Requirements;
    ///
    /// let requirements = Requirements::read(br#"{ "binary-check": { "maxBytes": 700000 } }"#)?;
    /// assert_eq!((requirements.max_bytes, requirements.glibc), (Some(700_000), vec![2, 26]));
    /// let error = Requirements::read(br#"{ "binary-check": { "maxBytes": "700 kB" } }"#).unwrap_err();
    /// assert_eq!(error.to_string(), "binary-check.maxBytes has to be a whole number above 0");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When it is no JSON, when an entry is of another kind than the one here, or when its name is unknown.
    pub fn read(manifest: &[u8]) -> io::Result<Self> {
        let manifest: Value = serde_json::from_slice(manifest)?;
        let mut requirements = Self::default();
        let Some(entry) = manifest.get(ENTRY) else { return Ok(requirements) };
        let Some(entries) = entry.as_object() else {
            return Err(io::Error::other(format!("{ENTRY} has to be an object")));
        };
        for (key, value) in entries {
            let wrong = |wanted: &str| io::Error::other(format!("{ENTRY}.{key} has to be {wanted}"));
            match key.as_str() {
                "glibc" => {
                    requirements.glibc =
                        version(value).ok_or_else(|| wrong("a version such as \"2.26\", as a string"))?;
                }
                "maxBytes" => {
                    let bytes = value.as_u64().filter(|&bytes| bytes > 0);
                    requirements.max_bytes = Some(bytes.ok_or_else(|| wrong("a whole number above 0"))?);
                }
                "libraries" => {
                    requirements.libraries =
                        texts(value).ok_or_else(|| wrong("an array of names of files"))?;
                }
                "forbidden" => {
                    requirements.forbidden =
                        texts(value).ok_or_else(|| wrong("an array of texts that are not empty"))?;
                }
                _ => {
                    return Err(io::Error::other(format!(
                        "{ENTRY}.{key} is unknown: there are glibc, maxBytes, libraries and forbidden"
                    )));
                }
            }
        }
        Ok(requirements)
    }
}

fn version(value: &Value) -> Option<Version> {
    parse_version(value.as_str()?).filter(|version| version.len() > 1)
}

fn texts(value: &Value) -> Option<Vec<String>> {
    let text = |item: &Value| item.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    value.as_array()?.iter().map(text).collect()
}
