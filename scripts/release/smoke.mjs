// @ts-check
// Installs the package with one package manager, as a user does, and checks what came.
//
//   npm run release:smoke -- --manager pnpm [--version 1.2.3] [--installed]
//
// The manager itself comes from npm, or from the command path when it is said to be installed.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readManifest, root } from "../lib/paths.mjs";

const { dependencies = {}, optionalDependencies = {} } = readManifest(join(root, "tools", "pinned-tools", "npm"));

/** @typedef {{ from?: string, add: string[], run?: string[], files?: Record<string, string> }} Manager */

/**
 * How each manager is had from npm, at the version that the tests use, adds a package, and starts a program. Bun and Deno
 * are run-time environments, too. A release is younger than the age that some of them ask for.
 *
 * @type {Record<string, Manager>}
 */
const managers = {
  npm: { add: ["npm", "install"] },
  pnpm: {
    from: `pnpm@${optionalDependencies["@pnpm/exe.linux-x64"]}`,
    add: ["pnpm", "add"],
    files: { "pnpm-workspace.yaml": "minimumReleaseAge: 0\n" },
  },
  yarn: {
    from: `@yarnpkg/cli-dist@${dependencies["@yarnpkg/cli-dist"]}`,
    add: ["yarn", "add"],
    run: ["yarn", "node"],
    files: { ".yarnrc.yml": "npmMinimalAgeGate: 0\n", "yarn.lock": "" },
  },
  bun: { from: `bun@${optionalDependencies["@oven/bun-linux-x64"]}`, add: ["bun", "add"], run: ["bun", "run"] },
  deno: {
    from: `deno@${optionalDependencies["@deno/linux-x64-glibc"]}`,
    add: ["deno", "add"],
    run: ["deno", "run", "--allow-all"],
    files: { "deno.json": '{ "nodeModulesDir": "auto", "minimumDependencyAge": 0 }\n' },
  },
};

const { values } = parseArgs({
  options: {
    manager: { type: "string", default: "" },
    version: { type: "string", default: "latest" },
    installed: { type: "boolean", default: false },
  },
});
const manager = managers[values.manager];
if (manager === undefined) throw new Error(`--manager is one of ${Object.keys(managers).join(", ")}`);

const { name } = readManifest(root);
const version = values.version.replace(/^v(?=\d)/, "");
const project = mkdtempSync(join(tmpdir(), "compute-pi-rs-smoke-"));

/**
 * Runs a program in the project, and shows what it says.
 *
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const options = /** @type {import("node:child_process").SpawnSyncOptionsWithStringEncoding} */ ({
    cwd: project,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { status, stdout, error } = spawnSync(command, args, options);
  console.log(stdout);
  if (status !== 0) throw error ?? new Error(`${[command, ...args].join(" ")}: exit code ${status}`);
  return stdout;
}

/** @param {readonly [string, ...string[]] | string[]} command of the manager */
function manage([command = "", ...args]) {
  if (values.installed) return run(command, args);
  // npm is a script, which Windows cannot start by itself; whatever npm starts knows where the script is.
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error("start it through npm: npm run release:smoke -- --manager pnpm");
  const exec =
    manager?.from === undefined ? args : ["exec", "--yes", `--package=${manager.from}`, "--", command, ...args];
  return run(process.execPath, [npm, ...exec]);
}

const files = { "package.json": '{ "name": "smoke", "private": true }\n', ...manager.files };
for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
copyFileSync(fileURLToPath(new URL("check.cjs", import.meta.url)), join(project, "check.cjs"));

manage([...manager.add, `${values.manager === "deno" ? "npm:" : ""}${name}@${version}`]);
const said = manager.run === undefined ? run(process.execPath, ["check.cjs"]) : manage([...manager.run, "check.cjs"]);
if (/^\d/.test(version) && !said.includes(` ${version} works`)) throw new Error(`${version} was not installed`);
rmSync(project, { recursive: true, force: true });
