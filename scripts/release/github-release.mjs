// @ts-check
// Creates the GitHub Release of a tag with its assets, or completes one that a run before left unfinished. It is a draft
// until everything is there. The assets include notes.md, which becomes its text.
//
//   node scripts/release/github-release.mjs v1.2.3 DIRECTORY
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const [tag, directory] = process.argv.slice(2);
if (tag === undefined || directory === undefined) throw new Error("usage: github-release.mjs TAG DIRECTORY");
const notes = join(directory, "notes.md");
const assets = readdirSync(directory)
  .map((file) => join(directory, file))
  .filter((file) => file !== notes);

if (spawnSync("gh", ["release", "view", tag]).status !== 0) {
  const kind = tag.includes("-") ? ["--prerelease", "--latest=false"] : [];
  const text = ["--title", tag, "--notes-file", notes];
  gh("create", tag, "--verify-tag", "--draft", ...text, ...kind);
}
gh("upload", tag, "--clobber", ...assets);
gh("edit", tag, "--draft=false");

/** @param {string[]} args */
function gh(...args) {
  execFileSync("gh", ["release", ...args], { stdio: ["ignore", "inherit", "inherit"] });
}
