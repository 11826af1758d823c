import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { readManifest, root } from "../../scripts/lib/paths.mjs";
import { run, runOrThrow } from "@compute-pi-rs/steps";

// A remote whose main takes only what was reviewed, as GitHub's protected branches do: it refuses every push to main.
let folder: string;
let clone: string;

const { version } = readManifest(root);
const [major = 0, minor = 0] = version.split(".").map(Number);
const next = `${major}.${minor + 1}.0`;
const tag = `v${next}`;

const identity = { GIT_AUTHOR_NAME: "t", GIT_AUTHOR_EMAIL: "t@t", GIT_COMMITTER_NAME: "t", GIT_COMMITTER_EMAIL: "t@t" };
const env = { ...process.env, ...identity, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
const git = async (...args: string[]) => (await runOrThrow("git", args, { cwd: clone, env })).stdout.trim();
const remoteTags = () => git("ls-remote", "--tags", "origin");

/** The workflow's own line, in a checkout of the tag, and its words when it refuses. */
const checkTag = (tag: string, branch = "main") =>
  run("node", ["scripts/release/check-tag.mjs", tag, branch], { cwd: clone, env });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "compute-pi-rs-tag-"));
  const remote = join(folder, "remote.git");
  clone = join(folder, "clone");
  await runOrThrow("git", ["init", "--quiet", "--bare", "--initial-branch=main", remote]);
  await runOrThrow("git", ["init", "--quiet", "--initial-branch=main", clone]);
  // As it is here, committed or not: what git knows, and what it would take.
  const listed = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  const { stdout } = await runOrThrow("git", listed, { cwd: root });
  for (const file of stdout.split("\n").filter(Boolean)) {
    mkdirSync(join(clone, file, ".."), { recursive: true });
    cpSync(join(root, file), join(clone, file));
  }
  symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
  writeFileSync(join(clone, ".git", "info", "exclude"), "/node_modules\n");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "Begin");
  await git("remote", "add", "origin", remote);
  await git("push", "--quiet", "origin", "main");
  await git("branch", "begin");
  await runOrThrow("npm", ["version", next], { cwd: clone, env });
}, 180_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The version is committed and tagged here, and the remote knows neither. */
beforeEach(async () => {
  const hook = join(folder, "remote.git", "hooks", "update");
  rmSync(hook, { force: true });
  await git("push", "--quiet", "--force", "origin", "begin:main", `:refs/tags/${tag}`);
  await git("switch", "--quiet", "--force-create", "main", tag);
  const refuse = `#!/bin/sh\n[ "$1" != refs/heads/main ] || { echo "protected branch" >&2; exit 1; }\n`;
  writeFileSync(hook, refuse, { mode: 0o755 });
});

/** A merged pull request, on the remote's side. */
async function merge(): Promise<void> {
  await runOrThrow("git", ["fetch", "--quiet", clone, "+main:main"], { cwd: join(folder, "remote.git"), env });
  await git("fetch", "--quiet", "origin");
}

describe("a release", () => {
  it("has a first one: the version that the tree says is never one that npm refuses to move to", async () => {
    // Before the first release the tree says 0.0.0, as the placeholders on npm do.
    expect(await git("describe", "--exact-match")).toBe(tag);
    expect(await git("status", "--porcelain")).toBe("");
    const bullmq = readFileSync(join(clone, "examples/fleet-bullmq/package-lock.json"), "utf8");
    expect(bullmq).toContain(`"compute-pi-rs": "^${next}"`);
    expect(bullmq).toContain(`"@compute-pi-rs/linux-x64-gnu": "${next}"`);
  });

  it("starts from a commit of the protected branch only", async () => {
    // Without review: the branch refuses the commit, and the tag stays away with it.
    const refused = await run("node", ["scripts/release/push.mjs"], { cwd: clone, env });
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain("protected branch");
    expect(await remoteTags()).toBe("");
    // Whoever pushes the tag all the same starts a workflow that ends at once.
    await git("push", "--quiet", "origin", tag);
    const stopped = await checkTag(tag);
    expect(stopped.exitCode).toBe(1);
    expect(stopped.stderr).toContain("is not on refs/remotes/origin/main");
    await git("push", "--quiet", "--delete", "origin", tag);

    await merge();
    await runOrThrow("node", ["scripts/release/push.mjs"], { cwd: clone, env });
    expect(await remoteTags()).toContain(`refs/tags/${tag}`);
    expect(await checkTag(tag)).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("is refused where a clone cannot tell, or the tag is another's", async () => {
    await merge();
    expect((await checkTag(tag, "other")).stderr).toContain("refs/remotes/origin/other is not there");
    expect((await checkTag("v9.9.9")).stderr).toContain(`the tag is v9.9.9, the version ${next}`);
    await git("switch", "--quiet", "--detach", "HEAD~1");
    expect((await checkTag(tag)).stderr).toContain("is not the tag of the commit that is checked out");
  });

  it("names its version and every platform in the changelog", async () => {
    await merge();
    const path = join(clone, "CHANGELOG.md");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(`## ${next}`, "## 99.0.0"));
    expect((await checkTag(tag)).stderr).toContain(`CHANGELOG.md says nothing about ${next}`);
    writeFileSync(path, text.replace("## Unreleased", "## Unreleased\n\n- News.").replaceAll("`win32-x64-msvc`", ""));
    expect((await checkTag(tag)).stderr).toContain("does not name the platform `win32-x64-msvc`");
    const before = { ...env, npm_new_version: "99.0.0" };
    const refused = await run("node", ["scripts/release/preversion.mjs"], { cwd: clone, env: before });
    expect(refused.stderr).toContain("does not name win32-x64-msvc");
    await git("restore", "CHANGELOG.md");
  });
});
