//! The table, as text and as JSON.

use serde::Serialize;

use crate::machine::Machine;

/// One peer at one size.
#[derive(Serialize)]
pub struct Measurement {
    pub peer: String,
    pub threads: usize,
    pub digits: usize,
    pub runs: usize,
    /// The shortest run in the shared process.
    pub seconds: f64,
    pub median_seconds: f64,
    /// The least processor time of a run, all threads together: what a busy machine disturbs least.
    pub processor_seconds: f64,
    /// The run of a fresh process.
    pub cold_seconds: Option<f64>,
    /// The peak of the fresh process's memory above that at its start.
    pub peak_bytes: Option<u64>,
}

/// All measurements, and what they were made with.
#[derive(Serialize)]
pub struct Table {
    #[serde(flatten)]
    machine: Machine,
    flint_has_fft_small: bool,
    measurements: Vec<Measurement>,
}

impl Table {
    pub fn new(flint_has_fft_small: bool) -> Self {
        Self { machine: Machine::new(), flint_has_fft_small, measurements: Vec::new() }
    }

    pub fn push(&mut self, measurement: Measurement) {
        self.measurements.push(measurement);
    }

    /// The lines above the rows, and their heads.
    pub fn header(&self) -> String {
        let Self { machine: Machine { processor, .. }, flint_has_fft_small, .. } = self;
        let fft_small = if *flint_has_fft_small { "with" } else { "WITHOUT" };
        format!(
            "{processor}; FLINT {fft_small} fft_small. Seconds: the shortest run, the least processor time\n\
             of a run, all threads together, and the run of a fresh process; each with its ratio to FLINT on as many threads.\n\n\
             {:>9}  {:<14} {:>7} {:>4} {:>10} {:>7} {:>10} {:>7} {:>10} {:>7} {:>12}\n",
            "digits",
            "peer",
            "threads",
            "runs",
            "shortest",
            "/FLINT",
            "processor",
            "/FLINT",
            "fresh",
            "/FLINT",
            "bytes/digit"
        )
    }

    /// The rows of one size.
    pub fn rows(&self, n: usize) -> String {
        let size = || self.measurements.iter().filter(|m| m.digits == n);
        let optional = |value: Option<f64>, decimals: usize| {
            value.map_or_else(|| "–".to_owned(), |value| format!("{value:.decimals$}"))
        };
        let mut rows = String::new();
        for m in size() {
            let flint = size().find(|other| other.peer == "flint" && other.threads == m.threads);
            let cold = flint.and_then(|flint| flint.cold_seconds).zip(m.cold_seconds);
            rows += &format!(
                "{:>9}  {:<14} {:>7} {:>4} {:>10.6} {:>7} {:>10.6} {:>7} {:>10} {:>7} {:>12}\n",
                m.digits,
                m.peer,
                m.threads,
                m.runs,
                m.seconds,
                optional(flint.map(|flint| m.seconds / flint.seconds), 3),
                m.processor_seconds,
                optional(flint.map(|flint| m.processor_seconds / flint.processor_seconds), 3),
                optional(m.cold_seconds, 6),
                optional(cold.map(|(flint, own)| own / flint), 3),
                optional(m.peak_bytes.map(|bytes| bytes as f64 / m.digits as f64), 1),
            );
        }
        rows + "\n"
    }

    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("the table is plain data") + "\n"
    }
}
