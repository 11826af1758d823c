// @ts-check
// npm runs this wherever a checkout is installed: in itself, where nothing is to be done, and into another project, by its path
// or from git, where what was not built yet is built.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../lib/paths.mjs";
import { requireToolchain } from "../lib/toolchain.mjs";

const { _PACOTE_NO_PREPARE_: fromGit, npm_config_local_prefix: project = root } = process.env;
const isDependency = fromGit !== undefined || relative(root, project) !== "";
const isBuilt = ["index.node", "dist/index.cjs"].every((file) => existsSync(join(root, file)));

if (isDependency && !isBuilt) {
  requireToolchain();
  const { status } = spawnSync("npm", ["run", "build"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  process.exitCode = status ?? 1;
}
