//! The history of a job, for whoever traces its call.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use compute_pi::{Handle, Phase};
use neon::prelude::*;

/// The moments of a job, by the time since it was made; a few stores whether anybody asks or not.
#[derive(Debug)]
pub struct Record {
    made: Instant,
    /// Bytes; 0 where the job needs no admission.
    needed: AtomicU64,
    begun: OnceLock<Instant>,
    /// Nanoseconds; 0 while the work goes on.
    ended: AtomicU64,
}

impl Record {
    pub fn new() -> Self {
        Self {
            made: Instant::now(),
            needed: AtomicU64::new(0),
            begun: OnceLock::new(),
            ended: AtomicU64::new(0),
        }
    }

    /// The bytes that the job is to be admitted for; a stage of a stream without end takes more than the one before.
    pub fn needs(&self, bytes: u64) {
        self.needed.store(bytes, Ordering::Relaxed);
    }

    /// Does the work of the job, or a part of it.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        let _begun = self.begun.set(Instant::now());
        let result = work();
        self.ended.store(self.made.elapsed().as_nanos() as u64, Ordering::Relaxed);
        result
    }

    fn since(&self, moment: Instant) -> Duration {
        moment.saturating_duration_since(self.made)
    }

    /// `{ memory, begun, ended, phases: { phase, begun }[] }`, times in milliseconds since the job was made, the phases those that its
    /// handle has seen.
    pub fn to_js<'cx>(&self, cx: &mut FunctionContext<'cx>, handle: &Handle) -> JsResult<'cx, JsObject> {
        let object = cx.empty_object();
        object.prop(cx, "memory").set(match self.needed.load(Ordering::Relaxed) {
            0 => None,
            bytes => Some(bytes as f64),
        })?;
        object.prop(cx, "begun").set(self.begun.get().map(|&begun| milliseconds(self.since(begun))))?;
        let ended = match self.ended.load(Ordering::Relaxed) {
            0 => None,
            nanoseconds => Some(milliseconds(Duration::from_nanos(nanoseconds))),
        };
        object.prop(cx, "ended").set(ended)?;
        let phases = cx.empty_array();
        for (index, (phase, begun)) in handle.entered().enumerate() {
            let entry = cx.empty_object();
            entry.prop(cx, "phase").set(name(phase))?;
            entry.prop(cx, "begun").set(milliseconds(self.since(begun)))?;
            phases.prop(cx, index as u32).set(entry)?;
        }
        object.prop(cx, "phases").set(phases)?;
        Ok(object)
    }
}

/// The name of a phase in JavaScript.
pub fn name(phase: Phase) -> &'static str {
    match phase {
        Phase::Series => "series",
        Phase::Division => "division",
        Phase::Conversion => "conversion",
        _ => "verification",
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
