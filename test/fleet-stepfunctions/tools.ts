import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { toolchainDirectory } from "../../scripts/binaries/toolchain.mjs";
import { pythonTools } from "../../scripts/lib/python.mjs";

const directory = join(toolchainDirectory, "stepfunctions");

export async function installPythonTools(): Promise<void> {
  mkdirSync(toolchainDirectory, { recursive: true });
  await pythonTools(directory, fileURLToPath(new URL("requirements.txt", import.meta.url)));
}

/** The path of a command that PyPI brings. */
export function pythonTool(name: string): string {
  return join(directory, process.platform === "win32" ? "Scripts" : "bin", name);
}

/** The packages that npm brings for these tests. */
export const modules = fileURLToPath(new URL("node_modules", import.meta.url));
