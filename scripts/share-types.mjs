// @ts-check
// Both formats have the same types, of which one file is enough in the package.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { root } from "./lib/paths.mjs";

await writeFile(join(root, "dist", "index.d.ts"), 'export * from "./index.cjs";\n');
