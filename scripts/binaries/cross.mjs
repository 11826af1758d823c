// @ts-check
/**
 * Builds the addon inside the Amazon Linux 2 image that Cross.toml names for a Rust target, and puts it into
 * platforms/NAME/index.node. Needs Docker, on a machine of the target's own processor (docker/README.md).
 *
 * usage: node scripts/binaries/cross.mjs --target TARGET [FLAGS OF CARGO…]
 */
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { platformTargets, root } from "../lib/paths.mjs";
import { runOrThrow } from "../lib/run.mjs";
import { crossCommand, rustVersion } from "./toolchain.mjs";

const manifest = join("crate", "Cargo.toml");

const { values, positionals } = parseArgs({
  options: { target: { type: "string" } },
  allowPositionals: true,
});
const platform = Object.entries(platformTargets()).find(([, target]) => target === values.target)?.[0];
if (values.target === undefined || platform === undefined) {
  console.error(`usage: npm run cross -- --target ${Object.values(platformTargets()).join("|")}`);
  process.exit(2);
}

// The version is named: without it, cross 0.2.5 does not recognise the active toolchain in the words of a newer rustup
// and updates it.
const cargo = ["build", "--release", "--locked", "--manifest-path", manifest, "--package", "compute-pi-addon"];
const messages = ["--message-format", "json-render-diagnostics"];
const args = [`+${rustVersion}`, ...cargo, ...messages, "--target", values.target, ...positionals];
const env = {
  ...process.env,
  // A folder that no other build writes to: cargo would take a build script that was linked against this machine's C
  // library for built, and that of the image is older.
  CARGO_TARGET_DIR: join(root, "crate", "target", "cross"),
  CROSS_CONFIG: join(root, "Cross.toml"),
  // Rust comes with the image: cross need not complete the one that it mounts.
  CROSS_CUSTOM_TOOLCHAIN: "1",
};

await installMountedToolchain();
const dist = ["dist", "-n", "compute-pi-rs", "-m", "/target", "--manifest-path", manifest, "-p", platform];
const neon = { ...env, PATH: [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter) };
const built = await pipe([await crossCommand(), args, env], ["neon", dist, neon]);
process.exit(built);

/** On arm64, cross 0.2.5 still mounts the toolchain for x86-64, though the image's own comes first: it has to exist. */
async function installMountedToolchain() {
  if (process.arch !== "arm64") return;
  const toolchain = `${rustVersion}-x86_64-unknown-linux-gnu`;
  const flags = ["--profile", "minimal", "--force-non-host", "--no-self-update"];
  await runOrThrow("rustup", ["toolchain", "install", toolchain, ...flags]);
}

/**
 * Pipes one command's output into another, and returns the first exit code that is not 0.
 *
 * @typedef {[command: string, args: string[], env: NodeJS.ProcessEnv]} Stage
 * @param {Stage} first
 * @param {Stage} second
 * @returns {Promise<number>}
 */
async function pipe(first, second) {
  /**
   * @param {Stage} stage
   * @param {import('node:child_process').StdioOptions} stdio
   */
  const start = ([command, args, env], stdio) => spawn(command, args, { cwd: root, env, stdio });
  const source = start(first, ["ignore", "pipe", "inherit"]);
  const sink = start(second, ["pipe", "inherit", "inherit"]);
  if (source.stdout === null || sink.stdin === null) throw new Error("the commands have no pipes");
  source.stdout.pipe(sink.stdin);
  sink.stdin.on("error", () => {});
  /** @param {import('node:child_process').ChildProcess} child */
  const ended = (child) =>
    new Promise((resolve, reject) => child.on("error", reject).on("close", (code) => resolve(code ?? 1)));
  const codes = await Promise.all([ended(source), ended(sink)]);
  return codes.find((code) => code !== 0) ?? 0;
}
