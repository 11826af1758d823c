import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { rustVersion } from "../../scripts/binaries/rust-version.mjs";
import { platformTargets, readManifest, root } from "../../scripts/lib/paths.mjs";
import { readToml } from "@compute-pi-rs/steps";
import { unknownMatrixKeys } from "../../scripts/workflows/matrix-keys.mjs";
import { matrices, nodeVersions } from "../../scripts/workflows/matrix.mjs";

describe("the matrices", () => {
  it("build every platform, on a machine of its own kind", () => {
    const { build } = matrices();
    expect(Object.fromEntries(build.include.map(({ platform, target }) => [platform, target]))).toEqual(
      platformTargets(),
    );
  });

  it("test every platform somewhere", () => {
    const { native, image } = matrices();
    const tested = new Set([...native.include, ...image.include].map(({ platform }) => platform));
    expect([...tested].sort()).toEqual(Object.keys(platformTargets()).sort());
  });

  it("load a glibc binary in every image of Lambda, and a musl one on Alpine only", () => {
    const { native, image } = matrices({ "linux-x64-gnu": "", "linux-arm64-musl": "" });
    expect(native.include.map(({ platform, node }) => `${platform} ${node}`)).toEqual(
      nodeVersions.map((node) => `linux-x64-gnu ${node}`),
    );
    const images = image.include.map(({ platform, runner, image }) => `${platform} ${runner} ${image}`);
    expect(images).toContain("linux-x64-gnu ubuntu-24.04 public.ecr.aws/lambda/nodejs:18");
    expect(images).toContain("linux-arm64-musl ubuntu-24.04-arm docker.io/library/node:24-alpine");
    expect(images.filter((line) => line.startsWith("linux-arm64-musl") && line.includes("lambda"))).toEqual([]);
  });

  it("refuse a platform without a runner", () => {
    expect(() => matrices({ "plan9-mips": "" })).toThrow("plan9-mips");
  });
});

describe("Rust's version", () => {
  const short = rustVersion.replace(/\.0$/, "");
  const ours = ["*Cargo.toml", ".github", ":!template"];
  const files = execFileSync("git", ["ls-files", ...ours], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n");

  it("is the workspace's for its crates, and for the example, which is copied alone", () => {
    const said = files
      .filter((file) => file.endsWith("Cargo.toml") && file !== "crate/Cargo.toml")
      .map((file): [string, unknown] => {
        const { package: crate } = readToml(join(root, file)) as { package: { "rust-version"?: unknown } };
        return [file, crate["rust-version"]];
      });
    expect(said).toContainEqual(["examples/lambda/rust/Cargo.toml", short]);
    const others = said.filter(([file, version]) => version !== undefined && !file.startsWith("examples/"));
    expect(others.map(([, version]) => version)).toEqual(others.map(() => ({ workspace: true })));
  });

  it("stands in no workflow: they ask scripts/binaries/rust-version.mjs", () => {
    const workflows = files.filter((file) => file.endsWith(".yml"));
    expect(workflows.length).toBeGreaterThan(5);
    expect(workflows.filter((file) => readFileSync(join(root, file), "utf8").includes(short))).toEqual([]);
  });

  it("is that of the template, which is a repository of its own", () => {
    const text = (file: string) => readFileSync(join(root, "template", file), "utf8");
    expect(text("crate/Cargo.toml")).toContain(`rust-version = "${short}"`);
    for (const file of ["ci.yml", "release.yml"]) {
      const installed = text(`.github/workflows/${file}`).match(/(?<=rustup toolchain install )\S+/g);
      expect(installed).toEqual([rustVersion]);
    }
  });
});

describe("the workflows", () => {
  const folder = join(root, ".github", "workflows");
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));

  it("call scripts that exist", () => {
    const { scripts = {} } = readManifest(root);
    const called = texts.flatMap((text) =>
      Array.from(text.matchAll(/\bnpm run ([\w:-]+)/g), ([, name]) => String(name)),
    );
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
    const files = texts.flatMap((text) =>
      Array.from(text.matchAll(/\bnode (scripts\/\S+\.mjs)/g), ([, file]) => String(file)),
    );
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(called.length * files.length).toBeGreaterThan(0);
  });
});

describe("unknownMatrixKeys", () => {
  const generated = { build: { include: [{ platform: "a", runner: "b" }, { platform: "c" }] } };
  const job = (matrix: string, use: string) => `
jobs:
  one:
    runs-on: x
    strategy:
      matrix: ${matrix}
    steps:
      - run: node matrix.mjs
        env: { V: "${use}" }
`;

  it("finds a key that no row of a computed matrix has, or that one row lacks", () => {
    const computed = "${{ fromJSON(needs.plan.outputs.build) }}";
    expect(unknownMatrixKeys(job(computed, "${{ matrix.platform }}"), generated)).toEqual([]);
    expect(unknownMatrixKeys(job(computed, "${{ matrix.platfrom }}"), generated)).toEqual([
      "job one: no matrix.platfrom",
    ]);
    expect(unknownMatrixKeys(job(computed, "${{ matrix.runner }}"), generated)).toEqual(["job one: no matrix.runner"]);
    expect(unknownMatrixKeys(job("${{ fromJSON(needs.plan.outputs.other) }}", ""), generated)).toEqual([
      "job one: its matrix is not one of build",
    ]);
  });

  it("reads a literal matrix, and conditions", () => {
    expect(unknownMatrixKeys(job("{ node: [1] }", "${{ matrix.node }}"), generated)).toEqual([]);
    expect(unknownMatrixKeys('jobs: { one: { if: "matrix.a == 1", steps: [] } }', generated)).toEqual([
      "job one: no matrix.a",
    ]);
  });
});
