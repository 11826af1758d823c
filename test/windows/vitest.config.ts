import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

/** Tests that need Debian's MinGW-w64 and Wine: `npm test -- --only windows`. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    name: "windows",
    include: ["*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 900_000,
  },
});
