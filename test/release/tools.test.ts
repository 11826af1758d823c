import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { readManifest, root } from "../../scripts/lib/paths.mjs";
import { names, trust } from "../../scripts/release/names.mjs";
import { project, publishedTools } from "../../scripts/release/project.mjs";

const main = readManifest(root);
const tools = publishedTools();
const published = tools.map((folder) => readManifest(join(root, folder)).name);

describe.each(tools)("%s", (folder) => {
  const directory = join(root, folder);
  const manifest = readManifest(directory);

  it("can be published next to the main package", () => {
    expect(manifest).toMatchObject({
      name: `@compute-pi-rs/${folder.replace("tools/", "")}`,
      version: main.version,
      license: main.license,
      repository: { ...main.repository, directory: folder },
      publishConfig: { access: "public", provenance: true },
    });
    expect(manifest.description?.length).toBeGreaterThan(20);
    expect(manifest.engines?.node).toMatch(/^>=\d+$/);
    expect(readFileSync(join(directory, "LICENSE"), "utf8")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
    expect(readFileSync(join(directory, "README.md"), "utf8")).toContain(`# ${manifest.name}\n`);
  });

  it("depends on nothing of this repository that is not published before it, at its own version", () => {
    const before = published.slice(0, published.indexOf(manifest.name));
    for (const [name, range] of Object.entries(manifest.dependencies ?? {})) {
      if (!name.startsWith("@compute-pi-rs/")) continue;
      expect(before).toContain(name);
      expect(range).toBe(main.version);
    }
  });
});

describe("the names on npm", () => {
  it("are those of the release, the main package last", () => {
    expect(names).toEqual([...published, ...project.platforms, main.name]);
  });

  it("are published by the workflow, but for the main package, which it stages", () => {
    const staged = names.filter((name) => trust(name).includes("--allow-stage-publish"));
    expect(staged).toEqual([main.name]);
  });
});
