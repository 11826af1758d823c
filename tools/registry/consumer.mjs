// @ts-check
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run, runOrThrow } from "@compute-pi-rs/steps";
import { isolatedEnvironment } from "./environment.mjs";

/**
 * @typedef {object} Target whose binaries npm is to install, when it is not this machine
 * @property {string} os
 * @property {string} cpu
 * @property {string} [libc]
 */

/**
 * A user's project: an empty folder outside the repository, with a home folder, caches and configuration of its own,
 * that sees one registry.
 */
export class Consumer {
  /** @type {string} */
  #base;

  /** The project's folder. */
  directory;

  /** The environment of its programs. @type {NodeJS.ProcessEnv} */
  env;

  /**
   * @param {string} registry its address
   * @param {Record<string, unknown>} [manifest] its package.json
   */
  constructor(registry, manifest = { name: "consumer", version: "1.0.0", private: true }) {
    this.#base = mkdtempSync(join(tmpdir(), "compute-pi-rs-consumer-"));
    this.directory = join(this.#base, "project");
    const home = join(this.#base, "home");
    mkdirSync(this.directory);
    mkdirSync(home);
    this.env = isolatedEnvironment(registry, home);
    this.write("package.json", `${JSON.stringify(manifest, null, 2)}\n`);
  }

  /**
   * `npm install`, without install scripts.
   *
   * @param {readonly string[]} packages
   * @param {{ target?: Target, omitOptional?: boolean }} [options]
   */
  async install(packages, { target, omitOptional = false } = {}) {
    const flags = target ? Object.entries(target).map(([key, value]) => `--${key}=${value}`) : [];
    if (omitOptional) flags.push("--omit=optional");
    await this.runOrThrow("npm", ["install", "--ignore-scripts", ...flags, ...packages]);
  }

  /**
   * @param {string} path inside the project
   * @param {string} text
   * @returns {string} the whole path
   */
  write(path, text) {
    const whole = join(this.directory, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
    return whole;
  }

  /**
   * Runs a program in the project.
   *
   * @param {string} command
   * @param {readonly string[]} args
   * @param {{ env?: NodeJS.ProcessEnv, timeout?: number }} [options] with `env` added to the consumer's environment
   */
  run(command, args, { env, timeout = 120_000 } = {}) {
    return run(command, args, { cwd: this.directory, env: { ...this.env, ...env }, timeout });
  }

  /**
   * Runs a program in the project, and throws with its output unless it exits with 0.
   *
   * @param {string} command
   * @param {readonly string[]} args
   * @param {{ env?: NodeJS.ProcessEnv, timeout?: number }} [options] with `env` added to the consumer's environment
   */
  runOrThrow(command, args, { env, timeout = 120_000 } = {}) {
    return runOrThrow(command, args, { cwd: this.directory, env: { ...this.env, ...env }, timeout });
  }

  /** Removes all of it. */
  dispose() {
    rmSync(this.#base, { recursive: true, force: true });
  }
}
