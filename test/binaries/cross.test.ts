import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { rustVersion } from "../../scripts/binaries/rust-version.mjs";
import { crossCommand } from "../../scripts/binaries/toolchain.mjs";
import { root } from "../../scripts/lib/paths.mjs";
import { run } from "@compute-pi-rs/steps";

// cross itself, with a container engine that writes down what it is asked, and with a rustup that must not be asked to
// change anything.
let directory: string;
const calls = () => readFileSync(join(directory, "calls"), "utf8").trim().split("\n");

function program(name: string, text: string) {
  const path = join(directory, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-cross-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

test.each([
  ["x86_64-unknown-linux-gnu", "linux-x64-gnu", "docker/Dockerfile.x86_64"],
  ["aarch64-unknown-linux-gnu", "linux-arm64-gnu", "docker/Dockerfile.aarch64"],
])("node scripts/binaries/cross.mjs --target %s", async (target, platform, dockerfile) => {
  // The words and files of the container's cargo.
  const library = `${target}/release/cross-test/libcompute_pi_rs.so`;
  const artifact = {
    reason: "compiler-artifact",
    target: { name: "compute-pi-rs", crate_types: ["cdylib"] },
    filenames: [`/target/${library}`],
  };
  program(
    "docker",
    `echo "$@" >> ${directory}/calls
    [ "$1" != --help ] || echo docker
    [ "$1" != run ] || echo '${JSON.stringify(artifact)}'`,
  );
  program(
    "rustup",
    `[ "$*" = "toolchain list" ] && echo ${rustVersion}-x86_64-unknown-linux-gnu && exit\necho "rustup $*" >&2; exit 1`,
  );
  const built = join(root, "crate", "target", "cross", library);
  const binary = join(root, "platforms", platform, "index.node");
  const kept = existsSync(binary) ? readFileSync(binary) : undefined;
  mkdirSync(join(built, ".."), { recursive: true });
  writeFileSync(built, "built in a container");
  try {
    const env = {
      ...process.env,
      PATH: [directory, process.env.PATH].join(delimiter),
      CROSS_CONTAINER_ENGINE: join(directory, "docker"),
    };
    await crossCommand();
    const result = await run("node", ["scripts/binaries/cross.mjs", "--target", target], { cwd: root, env });
    expect(result.stderr).not.toContain("rustup");
    expect(result.exitCode).toBe(0);

    const build = calls().find((call) => call.startsWith("build "));
    expect(build).toContain(`--file ${dockerfile}`);
    const started = calls().find((call) => call.startsWith("run "));
    expect(started).toMatch(/--user \d+:\d+/);
    expect(started).toContain("CARGO_TARGET_DIR=/target");
    expect(started).toContain(`:${root.replace(/\/$/, "")}`);
    expect(started).toContain("PATH=$PATH:/rust/bin cargo build --release --locked --manifest-path crate/Cargo.toml");
    expect(started).toMatch(new RegExp(`--target ${target}$`));
    expect(readFileSync(binary, "utf8")).toBe("built in a container");
  } finally {
    rmSync(join(built, ".."), { recursive: true });
    if (kept === undefined) rmSync(binary, { force: true });
    else writeFileSync(binary, kept);
  }
});

test("a target without an image is refused", async () => {
  const result = await run("node", ["scripts/binaries/cross.mjs", "--target", "sparc64-unknown-linux-gnu"], {
    cwd: root,
  });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain("usage: node scripts/binaries/cross.mjs --target x86_64-unknown-linux-gnu|");
});
