import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { npmPackages } from "@compute-pi-rs/steps";

const home = await npmPackages("browser", fileURLToPath(new URL(".", import.meta.url)));

/** The folder of a tool. */
export function tool(name: string): string {
  return join(home, "node_modules", name);
}

/** Requires from the tools' own `node_modules`. */
export const requireTool = createRequire(join(home, "package.json"));
