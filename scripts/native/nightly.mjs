// @ts-check
import { run } from "../lib/run.mjs";

/**
 * Says why nothing can be compiled here with a sanitizer, which takes a nightly compiler and the standard library's source.
 *
 * @returns {Promise<string | undefined>}
 */
export async function nightlyMissing() {
  const listed = await run("rustup", ["component", "list", "--toolchain", "nightly", "--installed"]).catch(
    () => undefined,
  );
  if (listed?.code === 0 && /^rust-src/m.test(listed.stdout)) return undefined;
  return "no nightly Rust with its source: rustup toolchain install nightly --component rust-src";
}

/**
 * Says why Miri cannot run here; it is installed where rustup can.
 *
 * @returns {Promise<string | undefined>}
 */
export async function miriMissing() {
  const lacking = await nightlyMissing();
  if (lacking !== undefined) return lacking;
  const added = await run("rustup", ["component", "add", "--toolchain", "nightly", "miri"], { timeout: 300_000 });
  return added.code === 0 ? undefined : "no Miri: rustup component add --toolchain nightly miri";
}
