//! How much memory this process may hold, and how much it holds.
//!
//! Whatever cannot be read, without `/proc` or without a file descriptor left, limits nothing.

use std::fs;

use super::control_groups;
use super::limit::Limit;

/// The host's facts about itself: TypeScript asks it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    /// The memory of the Lambda function, in bytes.
    pub lambda: Option<u64>,
    /// The memory of the machine, where this file does not look.
    pub machine: Option<u64>,
    /// The bytes that the process holds, where this file does not look.
    pub held: Option<u64>,
}

/// The limits that are in force, and what the process holds, if that can be known.
pub fn in_force(told: Told) -> (Vec<Limit>, Option<u64>) {
    let held = resident().or(told.held);
    let mut limits = control_groups::limits(held);
    let others = [machine().or(told.machine), told.lambda].into_iter().flatten();
    limits.extend(others.map(|bytes| Limit { bytes, held: held.unwrap_or(0) }).filter(Limit::is_in_force));
    (limits, held)
}

/// The bytes that this process holds.
#[cfg(target_os = "linux")]
fn resident() -> Option<u64> {
    // Its second number is in pages. @see man 5 proc_pid_statm
    let pages: u64 = fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse().ok()?;
    // SAFETY: a number is asked for.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    Some(pages * u64::try_from(page).ok()?)
}

/// The bytes of this machine.
#[cfg(target_os = "linux")]
fn machine() -> Option<u64> {
    let mut info = std::mem::MaybeUninit::<libc::sysinfo>::zeroed();
    // SAFETY: the structure is written to, and zeros are a value of it.
    let info = unsafe {
        if libc::sysinfo(info.as_mut_ptr()) != 0 {
            return None;
        }
        info.assume_init()
    };
    #[allow(clippy::unnecessary_cast, reason = "of 32 bits where addresses are")]
    let units = info.totalram as u64;
    Some(units * u64::from(info.mem_unit))
}

#[cfg(not(target_os = "linux"))]
fn resident() -> Option<u64> {
    None
}

#[cfg(not(target_os = "linux"))]
fn machine() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_that_is_passed_is_none_and_the_unknown_limits_nothing() {
        let lambda = |held, megabytes: u64| {
            let told = Told { lambda: Some(megabytes << 20), machine: None, held: Some(held) };
            in_force(told).0.iter().any(|limit| limit.bytes == megabytes << 20)
        };
        assert!(lambda(0, 1 << 30));
        assert!(!lambda(0, 1), "this test holds more than a megabyte");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_machine_and_the_process_are_known() {
        let (limits, held) = in_force(Told::default());
        assert!(held.is_some_and(|held| held > 1 << 20));
        assert!(limits.iter().any(|limit| limit.bytes > held.unwrap()));
    }
}
