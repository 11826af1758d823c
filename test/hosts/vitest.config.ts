import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";
import type { ProvidedContext } from "vitest";

/** One tool of each kind with each change, the others at night: `npm test -- --only hosts,hosts-whole`. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    // Each test starts tools that others have made: some take a minute.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    projects: (["each change", "nightly"] satisfies ProvidedContext["when"][]).map((when) => ({
      extends: true,
      test: { name: when.replace(" ", "-"), include: ["*.test.ts"], globalSetup: "./setup.ts", provide: { when } },
    })),
  },
});
