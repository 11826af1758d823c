// @ts-check
// Fails unless the tag that started a release may start one: its commit is on the protected branch, so it was reviewed; it
// is the version of every package; and the changelog says what users get.
//
//   node scripts/release/check-tag.mjs v1.2.3 main
//
// The branch is the remote's: origin/main. A clone that lacks it, or the history in between, cannot tell, and fails.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { platformTargets, readManifest, root } from "../lib/paths.mjs";
import { run } from "@compute-pi-rs/steps";
import { section, unnamedPlatforms } from "./changelog.mjs";
import { disagreements } from "./versions.mjs";

const [tag, branch] = process.argv.slice(2);
if (!tag || !branch) throw new Error("usage: check-tag.mjs TAG BRANCH");

const { version } = readManifest(root);
const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
const problems = [...disagreements(), ...(await placeProblems(tag, `refs/remotes/origin/${branch}`))];
if (tag !== `v${version}`) problems.push(`the tag is ${tag}, the version ${version}`);
if (!section(changelog, version)) problems.push(`CHANGELOG.md says nothing about ${version}`);
for (const platform of unnamedPlatforms(changelog, Object.keys(platformTargets()))) {
  problems.push(`CHANGELOG.md does not name the platform \`${platform}\``);
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
}

/**
 * @param {string} tag
 * @param {string} protectedBranch
 * @returns {Promise<string[]>} what is wrong with the commit's place in the history
 */
async function placeProblems(tag, protectedBranch) {
  const [head, tagged, tip] = await Promise.all(["HEAD", `refs/tags/${tag}`, protectedBranch].map(commitOf));
  if (tip === undefined) return [`${protectedBranch} is not there: fetch the branch with its history`];
  if (tagged === undefined || tagged !== head) return [`${tag} is not the tag of the commit that is checked out`];
  const { exitCode, stderr } = await run("git", ["merge-base", "--is-ancestor", tagged, tip], { cwd: root });
  if (exitCode === 0) return [];
  return [
    exitCode === 1
      ? `${tag} is not on ${protectedBranch}: only what was reviewed and merged is released`
      : `cannot tell whether ${tag} is on ${protectedBranch}: ${stderr.trim()}`,
  ];
}

/** @param {string} reference */
async function commitOf(reference) {
  const args = ["rev-parse", "--verify", "--quiet", `${reference}^{commit}`];
  const { exitCode, stdout } = await run("git", args, { cwd: root });
  return exitCode === 0 ? stdout.trim() : undefined;
}
