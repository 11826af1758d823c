// @ts-check
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { npmPackages, runOrThrow } from "@compute-pi-rs/steps";
import { isolatedEnvironment } from "./environment.mjs";

/**
 * A real npm registry on the loopback interface, without uplinks: it holds what was published to it and nothing else. The
 * first start of a user installs it, Verdaccio, by the lockfile that is beside this.
 *
 * @example
 * const registry = await Registry.start();
 * await registry.publish("acme-digest-0.1.0.tgz");
 * await registry.stop();
 */
export class Registry {
  /** @type {import("node:child_process").ChildProcess} */
  #server;
  /** @type {string} */
  #directory;

  /** Its address, for instance `http://127.0.0.1:4873/`. */
  url;

  /**
   * @param {import("node:child_process").ChildProcess} server
   * @param {string} directory
   * @param {number} port
   */
  constructor(server, directory, port) {
    this.#server = server;
    this.#directory = directory;
    this.url = `http://127.0.0.1:${port}/`;
  }

  /**
   * @param {number} [port] a free one by default
   * @returns {Promise<Registry>}
   */
  static async start(port = 0) {
    const home = await npmPackages("verdaccio", fileURLToPath(new URL("verdaccio", import.meta.url)));
    const directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-registry-"));
    const script = fileURLToPath(new URL("serve.mjs", import.meta.url));
    const server = fork(script, [home, directory, String(port)], {
      execArgv: [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const first = await Promise.race([
      once(server, "message").then(([address]) => /** @type {{ port: number }} */ (address)),
      once(server, "exit").then(([code]) => new Error(`the registry did not start: exit code ${code}`)),
    ]);
    if (first instanceof Error) throw first;
    return new Registry(server, directory, first.port);
  }

  /**
   * Publishes one packed package.
   *
   * @param {string} tarball
   * @param {{ tag?: string }} [options]
   */
  async publish(tarball, { tag = "latest" } = {}) {
    // Provenance needs the identity of a CI run; the manifests ask for it, and only the command line overrules them.
    const args = ["publish", resolve(tarball), "--ignore-scripts", "--provenance=false", "--tag", tag];
    await runOrThrow("npm", args, {
      cwd: this.#directory,
      env: isolatedEnvironment(this.url, this.#directory),
    });
  }

  /** Stops the server and removes what was published. */
  async stop() {
    if (this.#server.exitCode === null && this.#server.signalCode === null) {
      const exit = once(this.#server, "exit");
      this.#server.kill();
      await exit;
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
