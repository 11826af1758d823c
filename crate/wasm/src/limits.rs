//! The limits and the version that TypeScript knows, too.

use compute_pi::hex;

use crate::reply;

/// Replies with them, as doubles, in the order in which `Engine.limits` of `src/wasm/engine.ts` names them.
#[unsafe(no_mangle)]
pub extern "C" fn limits() -> u32 {
    let limits = [
        compute_pi::MAX_DIGITS as f64,
        hex::MAX_POSITION as f64,
        hex::MAX_COUNT as f64,
        hex::MAX_JOBS as f64,
        f64::from(hex::PART_VERSION),
    ];
    reply::give(limits.into_iter().flat_map(f64::to_le_bytes).collect(), [0.0; 3])
}
