import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Runtime } from "@compute-pi-rs/foreign-systems";
import { platformTargets, readManifest, root } from "../../scripts/lib/paths.mjs";
import { Consumer, Registry } from "@compute-pi-rs/registry";
import { packInstalled, packMain, packPlatform } from "../../scripts/package/packed.mjs";

const binaryOf = (platform: string) => join(root, "platforms", platform, "index.node");

/**
 * Tests that each Linux binary, installed by npm for its platform from a registry on loopback, works there: under QEMU, or with
 * the loader and the C library of an older system.
 */
export function worksOn(runtimes: Runtime[]): void {
  /** SHA-256 of the first 100,000 digits, as this machine's own run gives them. */
  let digits: string | undefined;
  let registry: Registry;
  let packed: string;

  beforeAll(async () => {
    registry = await Registry.start();
    packed = mkdtempSync(join(tmpdir(), "compute-pi-rs-binaries-"));
    for (const dependency of await packInstalled(Object.keys(readManifest(root).dependencies ?? {}), packed)) {
      await registry.publish(dependency.tarball);
    }
    for (const platform of new Set(runtimes.map((runtime) => runtime.platform))) {
      if (!existsSync(binaryOf(platform))) throw new Error(`${platform} is not built: node scripts/binaries/build.mjs`);
      await registry.publish((await packPlatform(platform, binaryOf(platform), packed)).tarball);
    }
    const main = await packMain(packed);
    const manifest: unknown = JSON.parse(
      execFileSync("tar", ["-xzOf", main.tarball, "package/package.json"], { encoding: "utf8" }),
    );
    expect(manifest).toMatchObject({
      optionalDependencies: Object.fromEntries(
        Object.keys(platformTargets()).map((platform) => [`@compute-pi-rs/${platform}`, main.version]),
      ),
    });
    await registry.publish(main.tarball);
  });

  afterAll(async () => {
    await registry.stop();
    rmSync(packed, { recursive: true, force: true });
  });

  describe.each(runtimes)("$name", ({ name, platform, target, command, args }) => {
    test(`npm installs ${platform}, which computes, aborts and works in worker threads`, async () => {
      const consumer = new Consumer(registry.url);
      try {
        await consumer.install(["compute-pi-rs"], { target });
        const installed = join(consumer.directory, "node_modules", "@compute-pi-rs", platform, "index.node");
        expect(readFileSync(installed).equals(readFileSync(binaryOf(platform)))).toBe(true);

        cpSync(fileURLToPath(new URL("programs", import.meta.url)), consumer.directory, { recursive: true });
        const start = Date.now();
        const result = await consumer.run(command, [...args, "exercise.cjs"], { timeout: 500_000 });
        expect(result).toMatchObject({ exitCode: 0, stderr: "" });
        const report = JSON.parse(result.stdout) as {
          platform: string;
          simd: string;
          node: string;
          hundredThousand: string;
        };
        expect(report.platform).toBe(platform);
        digits ??= report.hundredThousand;
        expect(report.hundredThousand).toBe(digits);
        console.log(`${name}: ${report.node}, ${report.simd}, ${String((Date.now() - start) / 1000)} s`);
      } finally {
        consumer.dispose();
      }
    });
  });
}
