// @ts-check
import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { platformTargets, readManifest, root } from "../../lib/paths.mjs";
import { run, runOrThrow } from "../../lib/run.mjs";
import { setExamples } from "../examples.mjs";

/** A clone of what is committed here, in which a rehearsal changes versions, commits and tags. */
export class Scratch {
  /** Always the same place, so that cargo finds again what it built. */
  directory = join(root, "crate", "target", "rehearsal");

  /** @type {NodeJS.ProcessEnv} */
  #env = {
    ...process.env,
    CARGO_TARGET_DIR: join(root, "crate", "target"),
    GIT_AUTHOR_NAME: "rehearsal",
    GIT_AUTHOR_EMAIL: "rehearsal@localhost",
    GIT_COMMITTER_NAME: "rehearsal",
    GIT_COMMITTER_EMAIL: "rehearsal@localhost",
  };

  /** @param {readonly string[]} platforms the only ones that the rehearsed release has */
  static async make(platforms) {
    const scratch = new Scratch();
    rmSync(scratch.directory, { recursive: true, force: true });
    mkdirSync(scratch.directory, { recursive: true });
    await runOrThrow("git", ["clone", "--quiet", "--no-hardlinks", root, scratch.directory]);
    symlinkSync(join(root, "node_modules"), join(scratch.directory, "node_modules"));
    appendFileSync(join(scratch.directory, ".git", "info", "exclude"), "/node_modules\n");
    await scratch.#restrict(platforms);
    return scratch;
  }

  /** @param {readonly string[]} platforms */
  async #restrict(platforms) {
    const others = Object.keys(platformTargets()).filter((platform) => !platforms.includes(platform));
    for (const platform of others) {
      await this.runOrThrow("git", ["rm", "-rq", `platforms/${platform}`]);
      await this.runOrThrow("npm", ["pkg", "delete", `neon.platforms.${platform}`]);
    }
    setExamples(this.version, this.directory);
    if (others.length > 0) await this.commit("Release what can be built on this machine");
  }

  /** @param {string} message */
  async commit(message) {
    await this.runOrThrow("git", ["commit", "--quiet", "--all", "--no-verify", "--message", message]);
  }

  /**
   * Writes a line for users and commits it, as every change worth a release does.
   *
   * @param {string} line
   */
  async change(line) {
    const changelog = join(this.directory, "CHANGELOG.md");
    const text = readFileSync(changelog, "utf8");
    const changed = text.replace(/^## \[?Unreleased\]?$/m, (heading) => `${heading}\n\n- ${line}`);
    if (changed === text) throw new Error("CHANGELOG.md has no heading for what is unreleased");
    writeFileSync(changelog, changed);
    await this.commit(line);
  }

  get version() {
    return readManifest(this.directory).version;
  }

  /**
   * @param {string} command
   * @param {readonly string[]} args
   * @param {NodeJS.ProcessEnv} [env] added to the environment
   */
  run(command, args, env) {
    return run(command, args, { cwd: this.directory, env: { ...this.#env, ...env } });
  }

  /**
   * @param {string} command
   * @param {readonly string[]} args
   * @param {NodeJS.ProcessEnv} [env] added to the environment
   */
  runOrThrow(command, args, env) {
    return runOrThrow(command, args, { cwd: this.directory, env: { ...this.#env, ...env } });
  }

  dispose() {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
