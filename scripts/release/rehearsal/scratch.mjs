// @ts-check
import { appendFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest, root } from "../../lib/paths.mjs";
import { run, runOrThrow } from "@compute-pi-rs/steps";
import { section } from "../changelog.mjs";

const identity = Object.fromEntries(
  ["AUTHOR", "COMMITTER"].flatMap((who) => [
    [`GIT_${who}_NAME`, "rehearsal"],
    [`GIT_${who}_EMAIL`, "rehearsal@localhost"],
  ]),
);

/** The repository as GitHub has it, with a protected main that nobody pushes to, and a maintainer's clone of it. */
export class Scratch {
  /** The maintainer's clone. */
  directory;

  /** The repository on GitHub. */
  remote;

  /** @param {string} base a folder of its own */
  constructor(base) {
    this.remote = join(base, "remote.git");
    this.directory = join(base, "clone");
  }

  /** @param {string} base a folder of its own */
  static async make(base) {
    const scratch = new Scratch(base);
    await runOrThrow("git", ["init", "--quiet", "--bare", "--initial-branch=main", scratch.remote]);
    await runOrThrow("git", ["push", "--quiet", scratch.remote, "HEAD:refs/heads/main"], { cwd: root });
    await runOrThrow("git", ["clone", "--quiet", scratch.remote, scratch.directory]);
    symlinkSync(join(root, "node_modules"), join(scratch.directory, "node_modules"));
    appendFileSync(join(scratch.directory, ".git", "info", "exclude"), "/node_modules\n");
    scratch.#protect();
    return scratch;
  }

  get version() {
    return readManifest(this.directory).version;
  }

  #hook() {
    return join(this.remote, "hooks", "update");
  }

  #protect() {
    const refuse = `#!/bin/sh\n[ "$1" != refs/heads/main ] || { echo "main is protected" >&2; exit 1; }\n`;
    writeFileSync(this.#hook(), refuse, { mode: 0o755 });
  }

  /** Does as the merge of a reviewed pull request. */
  async merge() {
    rmSync(this.#hook());
    await this.runOrThrow("git", ["push", "--quiet", "origin", "HEAD:main"]);
    this.#protect();
  }

  /** A release needs something to say: where the changelog has nothing yet, a line is written. */
  async sayWhatChanges() {
    const changelog = join(this.directory, "CHANGELOG.md");
    const text = readFileSync(changelog, "utf8");
    if (section(text, "Unreleased")) return;
    writeFileSync(
      changelog,
      text.replace(/^## \[?Unreleased\]?$/m, (heading) => `${heading}\n\n- A rehearsed release.`),
    );
    await this.runOrThrow("git", ["commit", "--quiet", "--all", "--message", "Say what is rehearsed"]);
  }

  /**
   * @param {string} command
   * @param {readonly string[]} args
   */
  run(command, args) {
    return run(command, args, { cwd: this.directory, env: { ...process.env, ...identity } });
  }

  /**
   * @param {string} command
   * @param {readonly string[]} args
   */
  runOrThrow(command, args) {
    return runOrThrow(command, args, { cwd: this.directory, env: { ...process.env, ...identity } });
  }
}
