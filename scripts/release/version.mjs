// @ts-check
// npm runs this within `npm version`, after its own change to package.json and package-lock.json and after `neon bump`
// moved the platform packages, and commits what is staged.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest, root } from "../lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { releaseSection } from "./changelog.mjs";
import { disagreements, setVersion, versionPlaces } from "./versions.mjs";

const { version } = readManifest(root);
const moved = setVersion(version);

const changelog = join(root, "CHANGELOG.md");
const today = new Date().toISOString().slice(0, 10);
writeFileSync(changelog, releaseSection(readFileSync(changelog, "utf8"), version, today));

const problems = disagreements();
if (problems.length > 0) throw new Error(`the versions disagree after the change:\n${problems.join("\n")}`);

if (process.env.npm_config_git_tag_version !== "") {
  const files = versionPlaces().map(({ where }) => where.replace(/,.*/, ""));
  await runOrThrow("git", ["add", "--", "CHANGELOG.md", ...new Set([...files, ...moved])], { cwd: root });
}
