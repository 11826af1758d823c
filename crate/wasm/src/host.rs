//! The host of the module: its clock, and somebody to tell of progress.

use std::time::Duration;

use compute_pi::{Handle, Host, Options, Phase, Progress};

use crate::estimate::without_gaps;

#[link(wasm_import_module = "host")]
unsafe extern "C" {
    safe fn advanced(phase: u32, fraction: f64);
    safe fn now() -> f64;
}

struct Imported;

impl Host for Imported {
    fn advanced(&self, progress: Progress) {
        let phase = match progress.phase {
            Phase::Series => 0,
            Phase::Division => 1,
            Phase::Conversion => 2,
            _ => 3,
        };
        advanced(phase, progress.fraction);
    }

    fn now(&self) -> Duration {
        Duration::from_secs_f64(now() / 1000.0)
    }
}

/// Options of a call: bytes that it may take, and whether its digits are to be proved.
pub fn options(max_memory: f64, verify: u32) -> Options {
    let options =
        Options::new().with_handle(&Handle::on_host(Imported)).with_max_memory(without_gaps(max_memory));
    if verify == 0 { options } else { options.with_verification() }
}
