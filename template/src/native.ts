import { BinaryError, createLoader } from "@compute-pi-rs/addon-loader";
import { createRequire } from "node:module";
import { join } from "node:path";

declare const job: unique symbol;

/** A native job: by it, work is cancelled and watched. Work whose job is collected is cancelled, so hold it. */
export interface Job {
  readonly [job]: true;
}

/** The binary's exports: `crate/src/lib.rs`. */
export interface Addon {
  version(): string;
  createJob(): Job;
  cancel(job: Job): void;
  progress(job: Job): number;
  digest(job: Job, bytes: Uint8Array): Promise<Uint8Array>;
}

/** The packages that hold the binaries, spelt out: tools that trace a program's files read them here. */
export const binaries: Record<string, () => unknown> = {
  "linux-x64-gnu": () => require("{{package}}-linux-x64-gnu"),
  "linux-arm64-gnu": () => require("{{package}}-linux-arm64-gnu"),
  "linux-x64-musl": () => require("{{package}}-linux-x64-musl"),
  "darwin-arm64": () => require("{{package}}-darwin-arm64"),
  "win32-x64-msvc": () => require("{{package}}-win32-x64-msvc"),
};

const { version } = require("../package.json") as { version: string };

const loader = createLoader<Addon>({
  package: "{{package}}",
  version,
  variable: "{{variable}}_BINARY",
  binaries,
  resolve: (name) => createRequire(__filename).resolve(name),
  main: "./index.js",
  folder: () => join(__dirname, ".."),
  exports: { version: true, createJob: true, cancel: true, progress: true, digest: true },
  recognisedBy: ["version"],
  versionOf: (addon) => addon.version(),
  error: (report) => new BinaryError("{{code}}_BINARY", report),
  glibc: "2.26",
});

/**
 * The addon of this platform, loaded on first use.
 *
 * @throws BinaryError
 */
export const loadAddon = loader.load;

/** The platform that this process runs on, in the words of package.json. */
export const platformName = loader.platform;
