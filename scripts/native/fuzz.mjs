// @ts-check
/**
 * Fuzzes the engine's arithmetic against num-bigint, with AddressSanitizer, one target of crate/pi/fuzz after the other.
 *
 * usage: node scripts/native/fuzz.mjs [SECONDS]   for each target; 15 by default
 *
 * To optimise what is seen at every branch takes minutes: that pays where the targets run for as long.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../lib/paths.mjs";
import { run, shown } from "@compute-pi-rs/steps";
import { pythonTools } from "@compute-pi-rs/pinned-tools";

export const targets = ["multiplication", "columns", "division", "square_root", "conversion"];

/**
 * @param {string} target
 * @param {number} seconds
 * @returns {Promise<number>} how many inputs were tried
 * @throws when one of them fails
 */
export async function fuzz(target, seconds) {
  const limits = [`-max_total_time=${seconds}`, "-max_len=256", "-timeout=60", "-print_final_stats=1"];
  const result = await run(join(await pythonTools("cargo"), "cargo-fuzz"), ["run", target, "--", ...limits], {
    cwd: join(root, "crate", "pi"),
    env: {
      ...process.env,
      RUSTUP_TOOLCHAIN: "nightly",
      ...(seconds < 60 && { CARGO_PROFILE_RELEASE_OPT_LEVEL: "1", CARGO_PROFILE_RELEASE_DEBUG: "line-tables-only" }),
    },
    ...shown,
  });
  const tried = /^stat::number_of_executed_units: +(\d+)$/m.exec(result.stderr)?.[1];
  if (result.exitCode !== 0 || tried === undefined) throw new Error(`${target}: exit code ${result.exitCode}`);
  return Number(tried);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const seconds = Number(process.argv[2] ?? 15);
  let failed = 0;
  for (const target of targets) {
    try {
      console.log(`${target}: ${await fuzz(target, seconds)} inputs, all right`);
    } catch (error) {
      failed += 1;
      console.error(error instanceof Error ? error.message : error);
    }
  }
  console.log(`\n${targets.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
