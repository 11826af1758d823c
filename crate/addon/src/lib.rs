//! The Node.js addon: arguments in, promises out.

use neon::prelude::*;

#[neon::main]
fn main(_cx: ModuleContext) -> NeonResult<()> {
    Ok(())
}
