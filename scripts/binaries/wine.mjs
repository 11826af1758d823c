// @ts-check
/** Windows' programs on Debian, under Wine. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, runOrThrow } from "@compute-pi-rs/steps";
import { mingwCompiler } from "./mingw.mjs";

const wine = "/usr/lib/wine/wine64";
const server = "/usr/lib/wine/wineserver64";

/** Every Windows since 7 has this library, and Rust takes its random numbers from there; Wine has it since 8.3. */
const bcryptPrimitives = `
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) { return RtlGenRandom(data, length); }
`;

/** A Windows 10 of its own, in a folder that goes with it. */
export class Windows {
  /** @type {string} */
  #base;

  /** @type {NodeJS.ProcessEnv} */
  #env;

  /** @param {string} base */
  constructor(base) {
    this.#base = base;
    this.#env = {
      PATH: process.env.PATH,
      HOME: base,
      TMPDIR: tmpdir(),
      WINEPREFIX: join(base, "prefix"),
      WINESERVER: server,
      WINEDEBUG: "-all",
      // Without these, Wine asks whether to fetch .NET and a browser engine.
      WINEDLLOVERRIDES: "mscoree,mshtml=",
    };
  }

  /** @returns {Promise<Windows>} */
  static async install() {
    const windows = new Windows(mkdtempSync(join(tmpdir(), "compute-pi-rs-wine-")));
    await windows.#setUp("wineboot", "--init");
    // Node.js 18 to 22 start on nothing older; as installed, Wine 8 calls itself Windows 7.
    await windows.#setUp("winecfg", "-v", "win10");
    const system = join(windows.#base, "prefix", "drive_c", "windows", "system32");
    const library = join(system, "bcryptprimitives.dll");
    if (!existsSync(library)) {
      const source = join(windows.#base, "bcryptprimitives.c");
      writeFileSync(source, bcryptPrimitives);
      await runOrThrow(mingwCompiler, ["-shared", "-o", library, source, "-ladvapi32"]);
    }
    return windows;
  }

  /**
   * Runs a program to its end, by files: under Wine, Node.js cannot write to the pipes of another system.
   *
   * @param {string} program
   * @param {readonly string[]} args
   * @param {{ cwd: string, timeout: number }} options
   */
  async run(program, args, { cwd, timeout }) {
    const [out, err] = [join(this.#base, "stdout"), join(this.#base, "stderr")];
    const script = `exec "$@" </dev/null >'${out}' 2>'${err}'`;
    const shell = ["-c", script, "sh", wine, program, ...args];
    const { exitCode, signal } = await run("sh", shell, { cwd, timeout, env: this.#env });
    return { exitCode, signal, stdout: readFileSync(out, "utf8"), stderr: readFileSync(err, "utf8") };
  }

  /** Ends what still runs in it and removes it. */
  async dispose() {
    await run(server, ["--kill"], { env: this.#env });
    await run(server, ["--wait"], { env: this.#env });
    rmSync(this.#base, { recursive: true, force: true });
  }

  /**
   * @param {string} program
   * @param {string[]} args
   */
  async #setUp(program, ...args) {
    const { exitCode, stderr } = await this.run(program, args, { cwd: this.#base, timeout: 300_000 });
    if (exitCode !== 0) throw new Error(`${program}: exit code ${exitCode}\n${stderr}`);
  }
}
