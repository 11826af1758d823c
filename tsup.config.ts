import { defineConfig } from "tsup";

const shared = { target: "node18", minifySyntax: true } as const;

export default defineConfig([
  {
    ...shared,
    entry: ["src/index.ts"],
    format: ["esm", "cjs"],
    dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
    // `import.meta.url` in the CommonJS output.
    shims: true,
  },
  {
    ...shared,
    entry: ["src/cli.ts"],
    format: ["esm"],
    // The command line's libraries are bundled: users install nothing for them.
    noExternal: ["commander", "cli-progress"],
  },
]);
