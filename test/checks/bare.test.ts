import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { describe, expect, it } from "vitest";

import { root } from "../../scripts/lib/paths.mjs";

/** The packages that a script and all that it imports need before it runs. */
function packages(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const imported = readFileSync(file, "utf8").matchAll(/^(?:import|export)\b[^;"()=]*"([^"]+)";/gm);
  return Array.from(imported, ([, name = ""]) => name).flatMap((name) => {
    if (name.startsWith("node:")) return [];
    return name.startsWith(".") ? packages(join(dirname(file), name), seen) : [`${relative(root, file)}: ${name}`];
  });
}

describe("needs Node.js alone, since nothing is installed where it begins:", () => {
  it.each([
    // They make a fresh checkout ready.
    ...[
      "start.mjs",
      "test.mjs",
      "package/pack.mjs",
      "package/prepare.mjs",
      "fleet/demonstrate.mjs",
      "soak/run.mjs",
      "scaffold/scaffold.mjs",
    ],
    // The jobs that may publish install nothing.
    ...["publish.mjs", "released.mjs", "crate.mjs", "github-release.mjs", "smoke.mjs", "names.mjs"].map(
      (name) => `release/${name}`,
    ),
    "workflows/matrix.mjs",
    // So does the job of a repository that was made by the scaffold, but for what a lockfile names.
    "../tools/addon-release/cli.mjs",
    "../tools/addon-release/publish.mjs",
    // It begins in a fresh checkout.
    "scaffold/scaffold.mjs",
  ])("%s", (script) => {
    expect(packages(join(root, "scripts", script))).toEqual([]);
  });
});
