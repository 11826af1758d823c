//! The command `binary-check`: `arguments::USAGE` says how it is used.

mod arguments;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::{Arguments, USAGE};
use binary_check::facts::{self, Facts};
use binary_check::platform::{self, Platform};
use binary_check::requirements::Requirements;
use binary_check::rules;

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match Arguments::parse(std::env::args().skip(1)).map_err(Failure::from).and_then(|given| run(&given)) {
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

/// How many rules are broken.
fn run(arguments: &Arguments) -> Result<usize, Failure> {
    if arguments.help {
        print!("{USAGE}");
        return Ok(0);
    }
    let root = Path::new(".").canonicalize()?;
    let requirements = Requirements::of(&root)?;
    let private = facts::private_directories(&root);
    let read = |path: &Path| -> Result<Facts, Failure> {
        let data = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        facts::read(&data, &private, &requirements.forbidden)
            .map_err(|error| format!("{}: {error}", path.display()).into())
    };
    let chosen = choose(&root, arguments)?;
    let mut broken = 0;
    println!("{:<17} {:>7}  {:<7} {:<6} libraries", "platform", "bytes", "machine", "glibc");
    for (platform, path) in &chosen {
        let facts = read(path)?;
        println!("{}", row(platform, &facts));
        let mut sentences = rules::judge(&facts, platform, &requirements);
        if let Some(other) = &arguments.same {
            let twin = read(other)?;
            println!("{}", row(platform, &twin));
            sentences.extend(rules::differences(&facts, &twin));
        }
        for sentence in &sentences {
            println!("  ✗ {} {sentence}", platform.node);
        }
        broken += sentences.len();
    }
    println!("{} checked, {broken} rules broken", chosen.len());
    Ok(broken)
}

/// The binaries to judge.
fn choose(
    root: &Path,
    Arguments { platforms: wanted, file, .. }: &Arguments,
) -> Result<Vec<(Platform, PathBuf)>, Failure> {
    if let (Some(file), [name]) = (file, wanted.as_slice()) {
        return Ok(vec![(Platform::named(name)?, file.clone())]);
    }
    let platforms = platform::list(&root.join("platforms"))?;
    if let Some(name) =
        wanted.iter().find(|name| platforms.iter().all(|(platform, _)| platform.node != **name))
    {
        return Err(format!("{name} is not among the platforms").into());
    }
    let is_chosen = |(platform, path): &(Platform, PathBuf)| {
        if wanted.is_empty() { path.is_file() } else { wanted.contains(&platform.node) }
    };
    let chosen: Vec<_> = platforms.into_iter().filter(is_chosen).collect();
    if chosen.is_empty() { Err("no binary is there: build one first".into()) } else { Ok(chosen) }
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
