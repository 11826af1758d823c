// @ts-check
// Fails unless the tag that started a release is the version of every package and has its section in the changelog.
//
//   node scripts/release/check-tag.mjs v1.2.3
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest, root } from "../lib/paths.mjs";
import { section } from "./changelog.mjs";
import { disagreements } from "./versions.mjs";

const [tag] = process.argv.slice(2);
const { version } = readManifest(root);
const problems = disagreements();
if (tag !== `v${version}`) problems.push(`the tag is ${tag}, the version ${version}`);
if (!section(readFileSync(join(root, "CHANGELOG.md"), "utf8"), version)) {
  problems.push(`CHANGELOG.md says nothing about ${version}`);
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
}
