// @ts-check
import { ControlGroup } from "@compute-pi-rs/lambda-emulator";
import { runProgram } from "./program.mjs";

/**
 * Runs calls that do not fit together in a control group below one whose memory is limited.
 *
 * @param {number} seconds
 */
export async function crowdControlGroup(seconds) {
  const limited = new ControlGroup(`compute-pi-rs-${process.pid}`);
  try {
    limited.limitMemory(512);
    const inner = new ControlGroup(`compute-pi-rs-${process.pid}/inner`);
    try {
      return await runProgram("crowd", [seconds], { members: inner.members });
    } finally {
      await inner.remove();
    }
  } finally {
    await limited.remove();
  }
}
