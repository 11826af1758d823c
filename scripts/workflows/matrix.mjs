// @ts-check
// The matrices of the workflows, from the one platform list in package.json. As a program, it prints each matrix
// as an output of a workflow step: `build={"include":[…]}`.
import { appendFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { platformTargets } from "../lib/paths.mjs";

/** The Node.js versions that are supported, oldest first. */
export const nodeVersions = ["18", "20", "22", "24", "26"];

/** The runner of each OS and CPU: a native one where there is one, so that what is built there can be run there. */
const runners = {
  "linux-x64": "ubuntu-24.04",
  "linux-arm64": "ubuntu-24.04-arm",
  // Built by cargo-zigbuild, and run under QEMU: GitHub's arm runners have no 32-bit mode.
  "linux-arm": "ubuntu-24.04",
  "darwin-x64": "macos-15-intel",
  "darwin-arm64": "macos-15",
  "win32-x64": "windows-2025",
  "win32-arm64": "windows-11-arm",
};

/**
 * The container images that each libc is tested in. Lambda's own base images come first: nodejs:18 is Amazon Linux 2
 * with glibc 2.26, the later ones are Amazon Linux 2023. They are not pinned, on purpose: the question is whether the
 * binary runs on what Lambda runs today.
 *
 * @type {Record<string, string[]>}
 */
const images = {
  gnu: ["18", "20", "22", "24"].map((version) => `public.ecr.aws/lambda/nodejs:${version}`),
  // Node.js 24 is no longer built for 32 bits.
  gnueabihf: ["20", "22"].map((version) => `docker.io/library/node:${version}-bookworm-slim`),
  musl: ["20", "22", "24"].map((version) => `docker.io/library/node:${version}-alpine`),
};

/** Docker's name of a processor. @type {Record<string, string>} */
const architectures = { x64: "linux/amd64", arm64: "linux/arm64", arm: "linux/arm/v7" };

/**
 * @param {string} platform such as `linux-x64-gnu`
 * @returns {{ host: string, cpu: string, libc: string | undefined }} the OS with the CPU, the CPU, and the ABI
 */
function parts(platform) {
  const [os, cpu = "", abi] = platform.split("-");
  return { host: `${os}-${cpu}`, cpu, libc: os === "linux" ? abi : undefined };
}

/**
 * @param {string} platform
 * @returns {string}
 */
function runnerOf(platform) {
  const runner = new Map(Object.entries(runners)).get(parts(platform).host);
  if (runner === undefined) throw new Error(`no runner is known for the platform ${platform}`);
  return runner;
}

/**
 * @typedef {{ platform: string, target: string, runner: string }} Build one binary to build
 * @typedef {{ platform: string, runner: string, node: string }} NativeTest one Node.js to load it, on the runner itself
 * @typedef {{ platform: string, runner: string, image: string, architecture: string }} ImageTest one container image to load
 *   it in, with Docker's name of its processor
 */

/**
 * @param {Record<string, string>} [targets] node platform to Rust target
 * @returns {{ build: { include: Build[] }, native: { include: NativeTest[] }, image: { include: ImageTest[] } }}
 */
export function matrices(targets = platformTargets()) {
  const platforms = Object.keys(targets);
  return {
    build: {
      include: platforms.map((platform) => ({
        platform,
        target: targets[platform] ?? "",
        runner: runnerOf(platform),
      })),
    },
    native: {
      include: platforms
        // The runners have no musl loader, and no 32-bit processor; the images cover them.
        .filter((platform) => !["musl", "gnueabihf"].includes(parts(platform).libc ?? ""))
        .flatMap((platform) => nodeVersions.map((node) => ({ platform, runner: runnerOf(platform), node }))),
    },
    image: {
      include: platforms.flatMap((platform) =>
        (images[parts(platform).libc ?? ""] ?? []).map((image) => ({
          platform,
          runner: runnerOf(platform),
          image,
          architecture: architectures[parts(platform).cpu] ?? "",
        })),
      ),
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = Object.entries(matrices()).map(([name, matrix]) => `${name}=${JSON.stringify(matrix)}\n`);
  process.stdout.write(lines.join(""));
  if (process.env.GITHUB_OUTPUT !== undefined) appendFileSync(process.env.GITHUB_OUTPUT, lines.join(""));
}
