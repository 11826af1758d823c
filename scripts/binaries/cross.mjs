// @ts-check
/**
 * Builds the addon inside the Amazon Linux 2 image that Cross.toml names for a Rust target, and puts it into
 * platforms/NAME/index.node. Needs Docker, on a machine of the target's own processor (docker/README.md).
 *
 * usage: node scripts/binaries/cross.mjs --target TARGET [FLAGS OF CARGO…]
 */
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { platformTargets, root } from "../lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { rustVersion } from "./rust-version.mjs";
import { crossCommand } from "./toolchain.mjs";

const manifest = join("crate", "Cargo.toml");

const { values, positionals } = parseArgs({
  options: { target: { type: "string" } },
  allowPositionals: true,
});
const platform = Object.entries(platformTargets()).find(([, target]) => target === values.target)?.[0];
if (values.target === undefined || platform === undefined) {
  console.error(`usage: node scripts/binaries/cross.mjs --target ${Object.values(platformTargets()).join("|")}`);
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
const building = runOrThrow(await crossCommand(), args, { cwd: root, env, buffer: false, stderr: "inherit" });
await building.pipe("neon", dist, { cwd: root, env: neon, stdout: "inherit", stderr: "inherit" });

/** On arm64, cross 0.2.5 still mounts the toolchain for x86-64, though the image's own comes first: it has to exist. */
async function installMountedToolchain() {
  if (process.arch !== "arm64") return;
  const toolchain = `${rustVersion}-x86_64-unknown-linux-gnu`;
  const flags = ["--profile", "minimal", "--force-non-host", "--no-self-update"];
  await runOrThrow("rustup", ["toolchain", "install", toolchain, ...flags]);
}
