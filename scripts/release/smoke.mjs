// @ts-check
// Installs the package with one package manager, as a user does, and checks what came.
//
//   node scripts/release/smoke.mjs --manager pnpm [--version 1.2.3]
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readManifest, root } from "../lib/paths.mjs";
import { runOrThrow } from "../lib/run.mjs";

/** @typedef {{ package: string, add: string[], run?: string[], files?: Record<string, string> }} Manager */

/**
 * How each manager is had from npm, adds a package, and starts a program. Bun and Deno are run-time environments, too.
 *
 * @type {Record<string, Manager>}
 */
const managers = {
  npm: { package: "npm@11", add: ["npm", "install"] },
  pnpm: { package: "pnpm@10", add: ["pnpm", "add"] },
  yarn: {
    package: "@yarnpkg/cli-dist@4",
    add: ["yarn", "add"],
    run: ["yarn", "node"],
    // A release is younger than the age that Yarn asks for.
    files: { ".yarnrc.yml": "npmMinimalAgeGate: 0\n", "yarn.lock": "" },
  },
  bun: { package: "bun@1", add: ["bun", "add"], run: ["bun"] },
  deno: { package: "deno@2", add: ["deno", "add"], run: ["deno", "run", "--allow-all"] },
};

/**
 * Runs a command that a package from npm brings. npm itself is started by Node.js, since it is a script on Windows.
 *
 * @param {string} from the package
 * @param {readonly string[]} command
 * @param {string} cwd
 */
function withPackage(from, command, cwd) {
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error("start it through npm: npm run release:smoke -- --manager pnpm");
  const args = [npm, "exec", "--yes", `--package=${from}`, "--", ...command];
  return runOrThrow(process.execPath, args, { cwd, echo: true });
}

const { values } = parseArgs({
  options: { manager: { type: "string" }, version: { type: "string", default: "latest" } },
});
const manager = managers[values.manager ?? ""];
if (manager === undefined) throw new Error(`--manager is one of ${Object.keys(managers).join(", ")}`);

const { name } = readManifest(root);
const version = values.version.replace(/^v(?=\d)/, "");
const project = mkdtempSync(join(tmpdir(), "compute-pi-rs-smoke-"));
const files = { "package.json": '{ "name": "smoke", "private": true }\n', ...manager.files };
for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
copyFileSync(fileURLToPath(new URL("check.cjs", import.meta.url)), join(project, "check.cjs"));

const spec = `${values.manager === "deno" ? "npm:" : ""}${name}@${version}`;
await withPackage(manager.package, [...manager.add, spec], project);
const { stdout } =
  manager.run === undefined
    ? await runOrThrow(process.execPath, ["check.cjs"], { cwd: project, echo: true })
    : await withPackage(manager.package, [...manager.run, "check.cjs"], project);
if (/^\d/.test(version) && !stdout.includes(` ${version} works`)) throw new Error(`${version} was not installed`);
rmSync(project, { recursive: true, force: true });
