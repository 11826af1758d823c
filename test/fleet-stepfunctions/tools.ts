import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { pythonTools } from "@compute-pi-rs/pinned-tools";
import { npmDirectory } from "@compute-pi-rs/steps";

/** The folder that a user deploys. */
export const example = fileURLToPath(new URL("../../examples/fleet-stepfunctions", import.meta.url));

/** The folder of the lockfile that names the packages from npm. */
export const packages = fileURLToPath(new URL(".", import.meta.url));

/** The packages that npm brings for these tests. */
export const modules = join(npmDirectory("stepfunctions", packages), "node_modules");

const commands = await pythonTools("aws");

/** The path of a command that PyPI brings. */
export function pythonTool(name: string): string {
  return join(commands, name);
}
