import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

/** Where `npm run build:addon` puts the addon. */
const binary = fileURLToPath(new URL("index.node", import.meta.url));

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "source",
          include: ["test/{api,bench,checks,cli,docs,http,platforms}/**/*.test.ts"],
          testTimeout: 60_000,
          env: { COMPUTE_PI_RS_BINARY: binary },
        },
      },
      "test/hard",
      "test/package",
      "test/release",
    ],
  },
});
