import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readManifest, root } from "../../scripts/lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { crates, publishCrate, publishedChecksum } from "../../scripts/release/crate.mjs";
import { CrateRegistry } from "../../scripts/release/rehearsal/crate-registry.mjs";

const crate = join(root, "crate", "pi");
const { version } = readManifest(root);

async function packages() {
  const args = ["metadata", "--format-version=1", "--no-deps", "--manifest-path", join(crate, "Cargo.toml")];
  const metadata = JSON.parse((await runOrThrow("cargo", args)).stdout) as { packages: Record<string, unknown>[] };
  return metadata.packages;
}

describe("the published crates", () => {
  it("are those that crates.io is to have", async () => {
    const published = (await packages()).filter((each) => each.publish === null);
    expect(published.map(({ name }) => name).sort()).toEqual([...crates].sort());
  });

  it.each(crates)("%s says of itself all that crates.io and docs.rs show", async (name) => {
    const own = (await packages()).find((each) => each.name === name);
    expect(own).toMatchObject({
      license: "MIT",
      readme: "README.md",
      documentation: `https://docs.rs/${name}`,
      metadata: { docs: { rs: { targets: expect.any(Array) as string[] } } },
    });
    expect((own?.keywords as string[]).length).toBeLessThanOrEqual(5);
    expect((own?.categories as string[]).length).toBeGreaterThan(0);
  });

  it.each(crates)("%s brings its licence", async (name) => {
    const { manifest_path: manifest } = (await packages()).find((each) => each.name === name) ?? {};
    const args = ["package", "--list", "--allow-dirty", "--locked", "--manifest-path", String(manifest)];
    const files = (await runOrThrow("cargo", args)).stdout.split("\n");
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "src/lib.rs"]));
    expect(readFileSync(join(dirname(String(manifest)), "LICENSE"), "utf8")).toBe(
      readFileSync(join(root, "LICENSE"), "utf8"),
    );
  });

  it("the engine's brings its documentation and its tests, and no other program", async () => {
    const args = ["package", "--list", "--allow-dirty", "--locked", "--manifest-path", join(crate, "Cargo.toml")];
    const files = (await runOrThrow("cargo", args)).stdout.trim().split("\n");
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "src/lib.rs", "tests/checkpoints.rs"]));
    expect(files.filter((file) => !/^(src|tests)\//.test(file))).toHaveLength(6);
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

  it.each(crates)("publishes %s once, and refuses other contents under its version", async (name) => {
    const env = { ...process.env, ...registry.env };
    expect(await publishCrate(name, env, ["--allow-dirty"])).toBe("published");
    expect(await publishCrate(name, env, ["--allow-dirty"])).toBe("skipped");
    expect(registry.published.filter((each) => each === `${name} ${version}`)).toHaveLength(1);
    const index = (registry.env.CARGO_REGISTRIES_LOOPBACK_INDEX ?? "").replace("sparse+", "");
    expect(await publishedChecksum(index, name, version)).toMatch(/^[0-9a-f]{64}$/);

    registry.replaceBy("0".repeat(64));
    await expect(publishCrate(name, env, ["--allow-dirty"])).rejects.toThrow("published already, with other contents");
  });

  it("does not take silence for absence", async () => {
    await expect(publishedChecksum("http://127.0.0.1:9/", "compute-pi-rs", version)).rejects.toThrow();
  });
});
