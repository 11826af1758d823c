//! The machine on which a table was made.

use std::process::Command;

use serde::Serialize;

/// The machine, and when it measured.
#[derive(Serialize)]
pub struct Machine {
    pub processor: String,
    /// The day in UTC.
    date: String,
}

impl Machine {
    /// This one, today.
    pub fn new() -> Self {
        let information = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = information.lines().find_map(|line| line.strip_prefix("model name"));
        let processor =
            model.map_or("unknown", |model| model.trim_start_matches([' ', '\t', ':'])).to_owned();
        let date = Command::new("date").args(["-u", "+%F"]).output().expect("the system tells the date");
        let date = String::from_utf8_lossy(&date.stdout).trim().to_owned();
        Self { processor, date }
    }
}
