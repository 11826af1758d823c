//! `binary-check [PLATFORM…]`: judges `platforms/*/index.node` below the current folder, by the manifest beside each; prints a
//! table, exits 1 when a rule is broken.
//!
//! Without arguments, every binary that is there; a platform that is named must be there.
//!
//! `binary-check PLATFORM --same FILE` also compares it with another build of the same sources.

use std::path::Path;
use std::process::ExitCode;

use binary_check::facts::{self, Facts};
use binary_check::platform::{self, Platform};
use binary_check::rules;

fn main() -> ExitCode {
    match run(Path::new("."), &std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(broken) => {
            eprintln!("{broken} rules are broken");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("binary-check: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(root: &Path, arguments: &[String]) -> Result<usize, Box<dyn std::error::Error>> {
    let root = root.canonicalize()?;
    let (wanted, other) = match arguments {
        [platform, flag, file] if flag == "--same" => (std::slice::from_ref(platform), Some(Path::new(file))),
        platforms => (platforms, None),
    };
    let private = facts::private_directories(&root);
    let platforms = platform::list(&root.join("platforms"))?;
    if let Some(name) =
        wanted.iter().find(|name| platforms.iter().all(|(platform, _)| platform.node != **name))
    {
        return Err(format!("{name} is not among the platforms").into());
    }
    let mut checked = 0;
    let mut broken = 0;
    println!("{:<17} {:>7}  {:<7} {:<6} libraries", "platform", "bytes", "machine", "glibc");
    for (platform, path) in &platforms {
        let named = wanted.contains(&platform.node);
        if !named && (!wanted.is_empty() || !path.is_file()) {
            continue;
        }
        let data = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let facts = facts::read(&data, &private).map_err(|error| format!("{}: {error}", path.display()))?;
        println!("{}", row(platform, &facts));
        for sentence in rules::judge(&facts, platform) {
            println!("  ✗ {} {sentence}", platform.node);
            broken += 1;
        }
        if let Some(other) = other {
            let twin = facts::read(&std::fs::read(other)?, &private)?;
            println!("{}", row(platform, &twin));
            for sentence in rules::differences(&facts, &twin) {
                println!("  ✗ {} {sentence}", platform.node);
                broken += 1;
            }
        }
        checked += 1;
    }
    if checked == 0 {
        return Err("no binary is there: build one first".into());
    }
    println!("{checked} checked, {broken} rules broken");
    Ok(broken)
}

fn row(platform: &Platform, facts: &Facts) -> String {
    let glibc = rules::newest_glibc(facts).map_or("-".to_owned(), |version| rules::version_text(version));
    format!(
        "{:<17} {:>7}  {:<7} {:<6} {}",
        platform.node,
        facts.size,
        format!("{:?}", facts.architecture).to_lowercase(),
        glibc,
        facts.libraries.join(" ")
    )
}
