import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "package",
    include: ["**/*.test.ts"],
    globalSetup: "./setup.ts",
    // Each test installs packages or starts processes.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
