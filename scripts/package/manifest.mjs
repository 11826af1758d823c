// @ts-check
// Makes the manifest of a checkout one to publish, and back: a checkout can be installed by its
// path, with the binary that was built in it, and is prepared when it comes by git. `neon update` writes the optional
// dependencies of a published one.
//
//   node scripts/package/manifest.mjs published|checkout
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/paths.mjs";

const path = join(root, "package.json");
const manifest = JSON.parse(readFileSync(path, "utf8"));

manifest.files = manifest.files.filter((/** @type {string} */ file) => file !== "index.node");
delete manifest.scripts.prepare;
delete manifest.workspaces;
if (process.argv[2] === "checkout") {
  manifest.files.push("index.node");
  manifest.scripts.prepare = "node scripts/package/prepare.mjs";
  manifest.workspaces = ["tools/*"];
  delete manifest.optionalDependencies;
}
writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
