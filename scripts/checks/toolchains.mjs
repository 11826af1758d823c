// @ts-check
import { run } from "@compute-pi-rs/steps";

/** The parts of a nightly Rust that each kind of check needs. */
const components = { nightly: ["rust-src"], miri: ["rust-src", "miri"] };

/**
 * Makes a nightly Rust available: rustup installs what is missing, where it can.
 *
 * @param {keyof typeof components} kind
 * @returns {Promise<string | undefined>} why there is none
 */
export async function nightlyMissing(kind) {
  const wanted = components[kind];
  if (await has(wanted)) return undefined;
  const flags = ["--profile", "minimal", "--no-self-update"];
  const install = (await has([]))
    ? ["component", "add", "--toolchain", "nightly", ...wanted]
    : ["toolchain", "install", "nightly", ...flags, ...wanted.flatMap((name) => ["--component", name])];
  await run("rustup", install, { timeout: 600_000 });
  if (await has(wanted)) return undefined;
  return `no nightly Rust with ${wanted.join(" and ")}: rustup ${install.join(" ")}`;
}

/** @param {readonly string[]} wanted */
async function has(wanted) {
  const list = ["component", "list", "--toolchain", "nightly", "--installed"];
  const installed = await run("rustup", list);
  if (installed.exitCode !== 0) return false;
  return wanted.every((name) =>
    installed.stdout.split("\n").some((line) => line === name || line.startsWith(`${name}-`)),
  );
}
