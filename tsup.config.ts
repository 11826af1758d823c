import { defineConfig } from 'tsup';

const shared = {
  target: 'node18',
  clean: false,
  minifySyntax: true,
  removeNodeProtocol: false,
} as const;

export default defineConfig([
  {
    ...shared,
    entry: { index: 'src/index.ts' },
    format: ['esm', 'cjs'],
    outExtension: ({ format }) =>
      format === 'cjs' ? { js: '.cjs', dts: '.d.cts' } : { js: '.mjs', dts: '.d.mts' },
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    // `import.meta.url` in the CommonJS output.
    shims: true,
  },
  {
    ...shared,
    entry: { cli: 'src/cli.ts' },
    format: ['esm'],
    outExtension: () => ({ js: '.mjs' }),
    // The command line's libraries are bundled: users install nothing for them.
    noExternal: ['commander', 'cli-progress'],
  },
]);
