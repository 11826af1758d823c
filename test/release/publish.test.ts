import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { readManifest, root } from "../../scripts/lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { distTag, latestVersion, publish, publishedIntegrity } from "@compute-pi-rs/addon-release";
import { Consumer, Registry } from "@compute-pi-rs/registry";
import { packPlatform } from "../../scripts/package/packed.mjs";
import { Gate } from "../../scripts/release/rehearsal/gate.mjs";

// Two platforms tell as much as all of them, and sooner.
const platforms = ["linux-x64-gnu", "linux-arm64-gnu"].map((platform) => `@compute-pi-rs/${platform}`);
const companions = ["@compute-pi-rs/tool"];
const { name, version } = readManifest(root);
const project = { name, version, platforms, companions };

/** Packs a package that has the name and the version of a real one, and nothing in it. */
async function packEmpty(packed: string, directory: string, manifest: Record<string, unknown> = {}): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "compute-pi-rs-empty-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: packed, version, ...manifest }));
  await runOrThrow("npm", ["pack", "--pack-destination", directory], { cwd: folder });
  rmSync(folder, { recursive: true });
}

describe("publish", () => {
  let registry: Registry;
  let gate: Gate;
  let publisher: Consumer;
  let packed: string;
  let packages: string;

  beforeAll(async () => {
    packed = mkdtempSync(join(tmpdir(), "compute-pi-rs-packed-"));
    for (const each of [...companions, ...platforms]) await packEmpty(each, packed);
    const optionalDependencies = Object.fromEntries(platforms.map((platform) => [platform, version]));
    await packEmpty(name, packed, { optionalDependencies });
  }, 600_000);

  afterAll(() => {
    rmSync(packed, { recursive: true, force: true });
  });

  beforeEach(async () => {
    packages = mkdtempSync(join(tmpdir(), "compute-pi-rs-release-"));
    cpSync(packed, packages, { recursive: true });
    registry = await Registry.start();
    gate = await Gate.open(registry.url);
    publisher = new Consumer(gate.url);
  }, 120_000);

  afterEach(async () => {
    await gate.close();
    await registry.stop();
    publisher.dispose();
    rmSync(packages, { recursive: true, force: true });
  });

  const release = (log: (line: string) => void = () => undefined) =>
    publish(packages, project, { env: publisher.env, log, patience: 10_000 });

  const all = [...companions, ...platforms, name].map((each) => `${each}@${version}`);

  it("publishes companions, platform packages and the main package in this order, and nothing twice", async () => {
    expect(await release()).toEqual({ published: expect.arrayContaining(all) as string[], skipped: [] });
    expect(gate.published).toEqual([...companions, ...platforms, name]);
    expect(await latestVersion(gate.url, name)).toBe(version);
    expect(await release()).toEqual({ published: [], skipped: expect.arrayContaining(all) as string[] });
  });

  it("takes a folder as the workflows name it, relative to where they stand", async () => {
    const before = process.cwd();
    process.chdir(dirname(packages));
    try {
      const here = basename(packages);
      const { tarball } = await packPlatform("linux-x64-gnu", import.meta.filename, here);
      expect(tarball).toBe(join(process.cwd(), here, `compute-pi-rs-linux-x64-gnu-${version}.tgz`));
      cpSync(packed, here, { recursive: true });
      expect((await publish(here, project, { env: publisher.env, log: () => undefined })).published).toHaveLength(
        all.length,
      );
    } finally {
      process.chdir(before);
    }
  });

  it("publishes nothing when a platform is missing", async () => {
    const last = platforms.at(-1) ?? "";
    rmSync(join(packages, `${last.slice(1).replace("/", "-")}-${version}.tgz`));
    await expect(release()).rejects.toThrow(`${last} is missing`);
    expect(gate.published).toEqual([]);
  });

  it("publishes nothing when a version is there with other contents", async () => {
    const other = join(packages, "other");
    mkdirSync(other);
    const last = platforms.at(-1) ?? "";
    await packEmpty(last, other, { description: "not the one" });
    await registry.publish(join(other, `${last.slice(1).replace("/", "-")}-${version}.tgz`));
    await expect(release()).rejects.toThrow(/published already, with other contents/);
    expect(gate.published).toEqual([]);
  });

  it("goes on where the registry failed, and never offers a main package without its binaries", async () => {
    gate.breakAfter(1);
    await expect(release()).rejects.toThrow();
    gate.repair();
    expect(await publishedIntegrity(gate.url, name, version)).toBeUndefined();
    const { published, skipped } = await release();
    expect([published.length, skipped.length]).toEqual([all.length - 1, 1]);
  });

  it("takes a publication whose answer was lost for what it is", async () => {
    gate.loseAnswers();
    expect((await release()).published).toHaveLength(all.length);
  });

  it("does not take silence for absence", async () => {
    gate.breakAfter(0);
    await expect(publishedIntegrity(gate.url, name, version)).rejects.toThrow("gave no answer");
  });
});

describe("distTag", () => {
  it.each([
    ["1.0.0", undefined, "latest"],
    ["1.10.0", "1.9.9", "latest"],
    ["1.2.3", "1.2.3", "latest"],
    ["1.9.10", "1.10.0", "release-1.x"],
    ["2.0.0-rc.1", "1.9.9", "next"],
    ["2.0.0-rc.1", undefined, "next"],
  ])("of %s, when %s is the latest, is %s", (wanted, latest, tag) => {
    expect(distTag(wanted, latest)).toBe(tag);
  });
});
