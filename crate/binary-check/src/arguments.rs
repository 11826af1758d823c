//! The command line.

use std::path::PathBuf;

/// Printed by `--help`.
pub const USAGE: &str = r#"usage: binary-check [PLATFORM…]
       binary-check PLATFORM [--file FILE] [--same FILE]

Proves on the file what a prebuilt Node.js addon must be. It judges platforms/*/index.node below the current folder, by the
"neon" entry of the package.json beside each, and prints a table, and a sentence for each rule that is broken. Without a
PLATFORM, such as linux-x64-gnu, all that are there; one that is named has to be there.

  --file FILE   judges FILE, which may be anywhere, as a binary for PLATFORM
  --same FILE   compares with FILE, another build of the same sources
  --help        prints this

The package.json of the current folder may have an object "binary-check" with

  "glibc"       the newest version of glibc that may be asked for: "2.26" by default
  "maxBytes"    the most bytes of a file: any number by default
  "libraries"   names of libraries that may be needed besides the system's own
  "forbidden"   texts that no file may contain

It exits with 0 when all rules are kept, with 1 when one is broken, and with 2 when it cannot tell.
"#;

/// The binaries to judge.
#[derive(Debug, Default)]
pub struct Arguments {
    /// Their platforms; all that are there, when none is named.
    pub platforms: Vec<String>,
    /// Where the one binary is, if not in `platforms`.
    pub file: Option<PathBuf>,
    /// Another build of it.
    pub same: Option<PathBuf>,
    /// Whether to say how this is used, and no more.
    pub help: bool,
}

impl Arguments {
    /// Reads those that follow the program's name.
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = Self::default();
        while let Some(word) = words.next() {
            let place = match word.as_str() {
                "--file" => &mut arguments.file,
                "--same" => &mut arguments.same,
                "--help" | "-h" => {
                    arguments.help = true;
                    continue;
                }
                option if option.starts_with('-') => {
                    return Err(format!("{option} is no option: see --help"));
                }
                _ => {
                    arguments.platforms.push(word);
                    continue;
                }
            };
            let file = words.next().ok_or_else(|| format!("{word} needs a file"))?;
            *place = Some(file.into());
        }
        if (arguments.file.is_some() || arguments.same.is_some()) && arguments.platforms.len() != 1 {
            return Err("--file and --same need one PLATFORM: see --help".to_owned());
        }
        Ok(arguments)
    }
}
