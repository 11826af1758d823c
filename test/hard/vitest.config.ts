import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "hard",
    include: ["**/*.test.ts"],
    globalSetup: "./setup.ts",
    testTimeout: 180_000,
    // Each keeps all CPUs busy.
    fileParallelism: false,
  },
});
