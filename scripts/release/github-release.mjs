// @ts-check
// Creates the GitHub Release of a tag with its assets, or completes one that a run before left unfinished. It is a draft
// until everything is there. The assets include notes.md, which becomes its text.
//
//   node scripts/release/github-release.mjs v1.2.3 DIRECTORY
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { run, runOrThrow } from "../lib/run.mjs";

const [tag, directory] = process.argv.slice(2);
if (tag === undefined || directory === undefined) throw new Error("usage: github-release.mjs TAG DIRECTORY");
const notes = join(directory, "notes.md");
const assets = readdirSync(directory)
  .map((file) => join(directory, file))
  .filter((file) => file !== notes);

if ((await run("gh", ["release", "view", tag])).code !== 0) {
  const kind = tag.includes("-") ? ["--prerelease", "--latest=false"] : [];
  const text = ["--title", tag, "--notes-file", notes];
  await runOrThrow("gh", ["release", "create", tag, "--verify-tag", "--draft", ...text, ...kind]);
}
await runOrThrow("gh", ["release", "upload", tag, "--clobber", ...assets]);
await runOrThrow("gh", ["release", "edit", tag, "--draft=false"]);
