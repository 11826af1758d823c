import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { file, filled } from "../../scripts/docs/hosts.mjs";
import { root } from "../../scripts/lib/paths.mjs";
import { hosts } from "../hosts/hosts.mjs";

const versions = hosts.flatMap((host) => host.versions);

describe("docs/hosts.md", () => {
  it("shows what is tested (else run node scripts/docs/hosts.mjs)", async () => {
    const text = readFileSync(file, "utf8");
    expect(text).toBe(await filled(text));
    for (const { tool } of hosts) expect(text).toContain(tool);
  });
});

describe("the list of hosts", () => {
  it("has one of each kind with each change", () => {
    for (const kind of new Set(hosts.map((host) => host.kind))) {
      const quick = hosts.filter((host) => host.kind === kind).flatMap((host) => host.versions);
      expect(quick.filter(({ when }) => when === "each change").length, kind).toBeGreaterThan(0);
    }
  });

  it("uses every folder of tools, each with a lockfile", () => {
    const folders = readdirSync(join(root, "test", "hosts", "tools")).map((name) => `test/hosts/tools/${name}`);
    const used = versions.map(({ folder }) => folder).filter((folder) => folder.startsWith("test/hosts"));
    expect(new Set(used)).toEqual(new Set(folders));
    for (const folder of folders) expect(existsSync(join(root, folder, "package-lock.json")), folder).toBe(true);
  });
});
