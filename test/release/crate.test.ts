import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readManifest, root } from "../../scripts/lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { publishCrate, publishedChecksum } from "../../scripts/release/crate.mjs";
import { CrateRegistry } from "../../scripts/release/rehearsal/crate-registry.mjs";

const crate = join(root, "crate", "pi");
const { version } = readManifest(root);

describe("the published crate", () => {
  it("says of itself all that crates.io and docs.rs show", async () => {
    const args = ["metadata", "--format-version=1", "--no-deps", "--manifest-path", join(crate, "Cargo.toml")];
    const { packages } = JSON.parse((await runOrThrow("cargo", args)).stdout) as {
      packages: Record<string, unknown>[];
    };
    const own = packages.find(({ name }) => name === "compute-pi-rs");
    expect(own).toMatchObject({
      license: "MIT",
      readme: "README.md",
      documentation: "https://docs.rs/compute-pi-rs",
      publish: null,
      metadata: { docs: { rs: { targets: expect.any(Array) as string[] } } },
    });
    expect((own?.keywords as string[]).length).toBeLessThanOrEqual(5);
    expect((own?.categories as string[]).length).toBeGreaterThan(0);
    expect(packages.filter((each) => each.publish === null)).toHaveLength(1);
  });

  it("brings its licence, its documentation and its tests, and no other program", async () => {
    const args = ["package", "--list", "--allow-dirty", "--locked", "--manifest-path", join(crate, "Cargo.toml")];
    const files = (await runOrThrow("cargo", args)).stdout.trim().split("\n");
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "src/lib.rs", "tests/checkpoints.rs"]));
    expect(files.filter((file) => !/^(src|tests)\//.test(file))).toHaveLength(6);
    expect(readFileSync(join(crate, "LICENSE"), "utf8")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
    expect(existsSync(join(crate, "fuzz"))).toBe(true);
  });
});

describe("publishCrate", () => {
  let registry: CrateRegistry;
  beforeAll(async () => {
    registry = await CrateRegistry.open();
  });
  afterAll(async () => {
    await registry.close();
  });

  it("publishes it once, and refuses other contents under its version", async () => {
    const env = { ...process.env, ...registry.env };
    expect(await publishCrate(env, ["--allow-dirty"])).toBe("published");
    expect(await publishCrate(env, ["--allow-dirty"])).toBe("skipped");
    expect(registry.published).toEqual([`compute-pi-rs ${version}`]);
    const index = (registry.env.CARGO_REGISTRIES_LOOPBACK_INDEX ?? "").replace("sparse+", "");
    expect(await publishedChecksum(index, version)).toMatch(/^[0-9a-f]{64}$/);

    registry.replaceBy("0".repeat(64));
    await expect(publishCrate(env, ["--allow-dirty"])).rejects.toThrow("published already, with other contents");
  });

  it("does not take silence for absence", async () => {
    await expect(publishedChecksum("http://127.0.0.1:9/", version)).rejects.toThrow();
  });
});
