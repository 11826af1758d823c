// @ts-check
import { cpSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackages, installTools, nodeRuntimes } from "@compute-pi-rs/pinned-tools";
import { cacheDirectory, digest, madeOnce, run, runOrThrow } from "@compute-pi-rs/steps";

const directory = fileURLToPath(new URL(".", import.meta.url));
const client = join("node_modules", "aws-lambda-ric");

/** The Debian packages that its sources are built with. */
const BUILD_PACKAGES = ["autoconf", "automake", "cmake", "g++", "libtool", "make", "python3", "xz-utils"];

/** @type {Map<string, Promise<string>>} */
const builds = new Map();

/**
 * AWS's runtime interface client, built from the sources in its npm package by its own scripts, or found built. One
 * build serves every version of Node.js, since it uses Node-API alone.
 *
 * @param {string} cpu `x64` or `arm64`
 * @returns {Promise<string>} the path of its main script
 */
export function runtimeClient(cpu) {
  let build = builds.get(cpu);
  if (build === undefined) {
    build = findOrBuild(cpu);
    builds.set(cpu, build);
  }
  return build;
}

/**
 * @param {string} cpu
 * @returns {Promise<string>}
 */
async function findOrBuild(cpu) {
  const lock = digest(readFileSync(join(directory, "package-lock.json")));
  const home = await madeOnce(join(cacheDirectory, `lambda-client-${cpu}-${lock}`), (home) => build(cpu, home));
  return join(home, client, "index.mjs");
}

/**
 * @param {string} cpu
 * @param {string} home an empty folder
 */
async function build(cpu, home) {
  console.error(
    `AWS's runtime interface client comes as sources only: it is built for ${cpu} now, once, in some minutes`,
  );
  const packages = cpu === process.arch ? BUILD_PACKAGES : [...BUILD_PACKAGES, "g++-aarch64-linux-gnu"];
  const problem = await installPackages(packages);
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(directory, file), join(home, file));
  // Its install scripts are called by name: npm asks for a permission by hand before it runs any.
  await runOrThrow("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: home });
  const env = await buildEnvironment(cpu);
  for (const script of ["preinstall", "postinstall"]) {
    const { exitCode, stdout, stderr } = await run("npm", ["run", script], { cwd: join(home, client), env });
    if (exitCode === 0) continue;
    throw new Error(`${stdout}${stderr}\nDid not build. It needs ${packages.join(", ")}. ${problem ?? ""}`);
  }
}

/**
 * @param {string} cpu
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function buildEnvironment(cpu) {
  await installTools();
  const node = nodeRuntimes().at(-1);
  if (node === undefined) throw new Error("no Node.js whose headers the client could be built with");
  // The headers of Node.js are the same on every CPU.
  const env = { ...process.env, npm_config_nodedir: dirname(dirname(node.path)), npm_config_arch: cpu };
  if (cpu === process.arch) return env;
  if (cpu !== "arm64") throw new Error(`the runtime interface client for ${cpu} can be built only on such a machine`);
  const tool = (/** @type {string} */ name) => `aarch64-linux-gnu-${name}`;
  return {
    ...env,
    CC: tool("gcc"),
    CXX: tool("g++"),
    AR: tool("ar"),
    RANLIB: tool("ranlib"),
    CONFIG_SITE: join(directory, "arm64.site"),
    CMAKE_TOOLCHAIN_FILE: join(directory, "arm64.cmake"),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const cpu of process.argv.slice(2)) console.log(`${cpu} → ${await runtimeClient(cpu)}`);
}
