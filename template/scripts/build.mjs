// @ts-check
/**
 * Builds `dist`, and the binary of this machine into `index.node`, or those of platforms into `platforms/NAME/index.node`.
 *
 * usage: npm run build [-- PLATFORM… [--cross]]
 *
 * Linux's binaries for other machines are linked by cargo-zigbuild (`pip install cargo-zigbuild ziglang`), against glibc 2.26
 * or musl; with --cross, those for glibc in Docker, in the Amazon Linux 2 images of `Cross.toml`.
 */
import { copyFileSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { binaryOf, install, manifest, root, run } from "./lib.mjs";

/** The C library of Amazon Linux 2, and of every Lambda runtime since. */
const GLIBC = "2.26";

/** Compiles `src`. */
export function buildScripts() {
  install();
  run(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc")]);
}

/**
 * @param {string} [platform] this machine's own, with the linker that is here, by default
 * @param {boolean} [inImage]
 */
export function buildBinary(platform, inImage = false) {
  const target = platform === undefined ? undefined : manifest.platforms[platform];
  if (platform !== undefined && target === undefined) throw new Error(`${platform} is not among the platforms`);
  const common = ["--release", "--locked", "--manifest-path", join("crate", "Cargo.toml")];
  const messages = "--message-format=json-render-diagnostics";
  const [command, ...args] = [...commandFor(target, inImage), ...common, messages];
  const flags = target === undefined ? {} : { CARGO_ENCODED_RUSTFLAGS: flagsFor(target).join("\x1f") };
  const lines = run(String(command), args, { env: { ...process.env, ...flags }, quiet: true }).split("\n").filter((line) => line.startsWith("{"));
  const files = lines.flatMap((line) => {
    /** @type {{ reason: string, target?: { kind: string[] }, filenames?: string[] }} */
    const { reason, target: made, filenames = [] } = JSON.parse(line);
    return reason === "compiler-artifact" && made?.kind.includes("cdylib") ? filenames : [];
  });
  // cross tells the paths in its container.
  const library = String(files.find((file) => /\.(so|dylib|dll)$/.test(file))).replace(/^\/target/, "crate/target");
  place(resolve(root, library), platform);
}

/**
 * Puts a binary where it is looked for. Whoever has the old one loaded keeps it.
 *
 * @param {string} library
 * @param {string} [platform]
 */
export function place(library, platform) {
  if (platform !== undefined) describe(platform);
  const binary = binaryOf(platform);
  copyFileSync(library, `${binary}.new`);
  renameSync(`${binary}.new`, binary);
}

/** @param {string | undefined} target @param {boolean} inImage @returns {string[]} */
function commandFor(target, inImage) {
  if (target === undefined) return ["cargo", "build"];
  if (inImage) return ["cross", "build", "--target", target];
  if (target.endsWith("-linux-gnu")) return ["cargo", "zigbuild", "--target", `${target}.${GLIBC}`];
  return ["cargo", target.endsWith("-linux-musl") ? "zigbuild" : "build", "--target", target];
}

/** Flags for what is published. @param {string} target */
function flagsFor(target) {
  const home = process.env.HOME ?? process.env.USERPROFILE ?? "";
  const cargo = process.env.CARGO_HOME ?? join(home, ".cargo");
  // The texts of panics name files; what is published names no folder of this machine.
  // The last that fits counts.
  const remap = [[home, "/machine"], [cargo, "/cargo"], [root.replace(/[/\\]$/, ""), "/{{name}}"]];
  return [
    ...remap.map(([from, to]) => `--remap-path-prefix=${from}=${to}`),
    // A shared library cannot bring its own C library into a process that has one; Windows has none to offer.
    ...(target.endsWith("-linux-musl") ? ["-Ctarget-feature=-crt-static"] : []),
    ...(target.endsWith("-windows-msvc") ? ["-Ctarget-feature=+crt-static"] : []),
  ];
}

/** Writes the manifest of a platform's package. @param {string} platform */
function describe(platform) {
  const { name, version, license, repository, engines, platforms } = manifest;
  const [os = "", cpu = "", abi] = platform.split("-");
  const libc = { gnu: ["glibc"], musl: ["musl"] }[abi ?? ""];
  const described = {
    name: `${name}-${platform}`,
    ...{ version, description: `The binary of ${name} for ${platform}`, license, repository, engines },
    ...{ os: [os], cpu: [cpu], ...(libc && { libc }), main: "index.node", files: ["index.node", "NOTICES.txt"] },
    preferUnplugged: true,
    publishConfig: { access: "public" },
    neon: { type: "binary", rust: platforms[platform], node: platform, os, arch: cpu, abi: abi ?? null },
  };
  const folder = join(root, "platforms", platform);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(described, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { cross: { type: "boolean" } } });
  if (positionals.length === 0) {
    buildScripts();
    buildBinary();
  }
  for (const platform of positionals) buildBinary(platform, values.cross);
}
