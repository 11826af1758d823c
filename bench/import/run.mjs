// @ts-check
/**
 * The time that importing the installed package adds to an empty script, in milliseconds of processor time, without and with the
 * loading of the binary: the difference of the least of runs that alternate, and the median of their differences.
 *
 * usage: node bench/import/run.mjs [RUNS [NODE...]], after `npm run build`
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { currentPlatform } from "@neon-rs/load";

import { root } from "../../scripts/lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { median } from "../lambda/measure/statistics.mjs";
import { packInstalled, packMain, packPlatform } from "../../scripts/package/packed.mjs";

const [runs = "60", ...executables] = process.argv.slice(2);
if (executables.length === 0) executables.push(process.execPath);

const directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-import-"));
process.on("exit", () => rmSync(directory, { recursive: true }));

/** Unpacks what npm would install, beside the programs. */
async function install() {
  cpSync(fileURLToPath(new URL("programs", import.meta.url)), directory, { recursive: true });
  const packed = [
    ...(await packInstalled(["@neon-rs/load"], directory)),
    await packPlatform(currentPlatform(), join(root, "index.node"), directory),
    await packMain(directory),
  ];
  for (const { name, tarball } of packed) {
    const target = join(directory, "node_modules", name);
    mkdirSync(target, { recursive: true });
    await runOrThrow("tar", ["-xzf", tarball, "-C", target, "--strip-components=1"]);
  }
}

/**
 * The processor time of one run, in milliseconds.
 *
 * @param {string} executable
 * @param {string} program
 */
async function time(executable, program) {
  // Node.js itself reads the environment, such as further certificates, which takes it longer than the import.
  const { stdout } = await runOrThrow(executable, [program], { cwd: directory, env: { PATH: process.env.PATH } });
  return Number(stdout);
}

await install();
for (const executable of executables) {
  console.log((await runOrThrow(executable, ["--version"])).stdout.trim());
  for (const extension of ["cjs", "mjs"]) {
    /** @type {Record<"empty" | "import" | "binary", number[]>} */
    const times = { empty: [], import: [], binary: [] };
    for (let run = 0; run < Number(runs); run++) {
      for (const [program, of] of Object.entries(times)) of.push(await time(executable, `${program}.${extension}`));
    }
    const least = Math.min(...times.empty);
    /** @param {readonly number[]} of */
    const added = (of) => {
      const differences = of.map((milliseconds, run) => milliseconds - times.empty[run]);
      return `least ${(Math.min(...of) - least).toFixed(1)}, median ${median(differences).toFixed(1)}`;
    };
    console.log(`  ${extension}: import ${added(times.import)}; with the binary ${added(times.binary)}`);
  }
}
