// @ts-check
// npm runs this before `npm version` changes anything.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { releaseSection } from "./changelog.mjs";
import { disagreements } from "./versions.mjs";

const problems = disagreements();
if (problems.length > 0) throw new Error(`the versions disagree before the release:\n${problems.join("\n")}`);
releaseSection(readFileSync(join(root, "CHANGELOG.md"), "utf8"), process.env.npm_new_version ?? "", "");
