// @ts-check
// npm runs this before `npm version` changes anything.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { platformTargets, root } from "../lib/paths.mjs";
import { releaseSection, unnamedPlatforms } from "./changelog.mjs";
import { disagreements } from "./versions.mjs";

const problems = disagreements();
if (problems.length > 0) throw new Error(`the versions disagree before the release:\n${problems.join("\n")}`);
const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
releaseSection(changelog, process.env.npm_new_version ?? "", "");
const unnamed = unnamedPlatforms(changelog, Object.keys(platformTargets()));
if (unnamed.length > 0) throw new Error(`CHANGELOG.md does not name ${unnamed.join(", ")}`);
