// @ts-check
// Tags the version that is checked out, and pushes branch and tag together or not at all: where the remote refuses the
// commit, it must not get a tag that starts a release of it.
//
//   npm run release:push [-- REMOTE]
import { readManifest, root } from "../lib/paths.mjs";
import { run, runOrThrow } from "@compute-pi-rs/steps";

const branch = "main";
const remote = process.argv[2] ?? "origin";
const tag = `v${readManifest(root).version}`;

const { stdout: changes } = await git("status", "--porcelain");
if (changes !== "") throw new Error(`${tag} is the tag of a commit, and here are changes:\n${changes}`);
const tagged = await run("git", ["rev-parse", "--verify", "--quiet", `refs/tags/${tag}^{commit}`], { cwd: root });
if (tagged.exitCode !== 0) await git("tag", "--annotate", "--message", tag, tag);
else if (tagged.stdout !== (await git("rev-parse", "HEAD")).stdout) throw new Error(`${tag} is another commit's tag`);
await git("push", "--atomic", remote, `HEAD:refs/heads/${branch}`, `refs/tags/${tag}`);
console.log(`${tag} is on ${branch} of ${remote}`);

/** @param {string[]} args */
function git(...args) {
  return runOrThrow("git", args, { cwd: root });
}
