import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "release",
    include: ["**/*.test.ts"],
    // Each test starts a registry, npm, or both.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
