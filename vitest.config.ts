import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

/** Where `npm run build:addon` puts the addon. */
const binary = fileURLToPath(new URL("index.node", import.meta.url));
/** Where the rest of the package is built. */
const dist = fileURLToPath(new URL("dist", import.meta.url));

/** The loader's sources: its build is for publishing alone. */
export const alias = {
  "@compute-pi-rs/addon-loader": fileURLToPath(new URL("tools/addon-loader/src/index.ts", import.meta.url)),
};

/** The tests of `test/api` that are not about the native binary. */
const overWasm = [
  "abort",
  "arguments",
  "digits",
  "hex-digits",
  "hex-digits-parts",
  "progress",
  "stream",
  "tracing",
  "verify",
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "source",
          include: [
            "test/{api,bench,checks,cli,docs,http,platforms}/**/*.test.ts",
            "tools/{addon-loader,addon-release,registry,steps}/test/*.test.ts",
          ],
          testTimeout: 60_000,
          env: { COMPUTE_PI_RS_BINARY: binary },
        },
        define: { DIST: JSON.stringify(dist) },
        resolve: { alias },
      },
      {
        // The same API over the other back end.
        test: {
          name: "wasm",
          include: [`test/api/{${overWasm.join(",")}}.test.ts`, "test/wasm/*.test.ts"],
          testTimeout: 120_000,
          env: { COMPUTE_PI_RS_BACKEND: "wasm" },
        },
        define: { DIST: JSON.stringify(dist) },
        resolve: { alias },
      },
      "test/hard",
      "test/package",
      "test/release",
    ],
  },
});
