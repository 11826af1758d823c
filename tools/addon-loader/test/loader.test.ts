import { readFile, rename, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import ts from "typescript";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { BinaryError, createLoader, type LoaderOptions } from "../src/index";
import { addon, platform, Project } from "./package";

/** The example in the comment of a source file. */
async function exampleOf(file: string): Promise<string> {
  const text = await readFile(fileURLToPath(new URL(`../src/${file}`, import.meta.url)), "utf8");
  return /^```ts\n(.*?)^```/ms.exec(text.replace(/^ \* ?/gm, ""))?.[1] ?? "";
}

const good = `exports.version = () => "1.0.0"; exports.add = (a, b) => a + b;`;

let project: Project;
beforeAll(async () => {
  project = await Project.with(await exampleOf("loader.ts"));
});
beforeEach(() => project.binary(good));
afterAll(() => project.remove());

describe("the package of the example", () => {
  it("is that of the README", async () => {
    const readme = await readFile(fileURLToPath(new URL("../README.md", import.meta.url)), "utf8");
    expect(readme).toContain(await exampleOf("loader.ts"));
  });

  it("calls the binary of the platform's package", async () => {
    expect(await project.call()).toBe(3);
  });

  it("says that the platform's package is missing", async () => {
    await rm(`${project.folder}/node_modules/@acme/sum-${platform}`, { recursive: true });
    expect(await project.call()).toMatchObject({
      name: "BinaryError",
      code: "ERR_SUM_BINARY",
      problem: "missing",
      platform,
      supported: ["linux-x64-gnu", "linux-arm64-gnu", "darwin-arm64"],
      message: expect.stringMatching(
        `^@acme/sum: the package @acme/sum-${platform}, which holds the binary for ${platform}, is not installed.\n- `,
      ) as string,
      remedies: [
        "Install with optional dependencies: npm install --include=optional @acme/sum@1.0.0",
        expect.stringContaining(`npm install --os=${process.platform} --cpu=${process.arch}`),
        expect.stringContaining("npm/cli#4828"),
      ],
    });
  });

  it("says for which platforms there is a binary", async () => {
    const before = `Object.defineProperty(process, "platform", { value: "plan9" });`;
    expect(await project.call({ before })).toMatchObject({
      problem: "unsupported",
      platform: `plan9-${process.arch}`,
      message: expect.stringContaining("only for linux-x64-gnu, linux-arm64-gnu, darwin-arm64.") as string,
      remedies: [expect.stringContaining("`npm run build` and set ACME_SUM_BINARY")],
    });
  });

  it.each([
    [
      "mismatched",
      "of another version",
      `${good} exports.version = () => "0.9.0";`,
      "not of version 1.0.0: its version",
    ],
    [
      "mismatched",
      "of a version without one of its functions",
      `exports.version = () => "0.9.0";`,
      "its version is 0.9.0",
    ],
    ["unloadable", "of something else", `exports.other = () => {};`, "it is not a binary of @acme/sum"],
    ["unloadable", "that tells no version", `${good} exports.version = () => 1;`, "it is not a binary of @acme/sum"],
    ["unloadable", "that lacks a function", `exports.version = () => "1.0.0";`, "it is not a binary of @acme/sum"],
    ["unloadable", "that is no object", `module.exports = 1;`, "it is not a binary of @acme/sum"],
    ["unloadable", "that throws", `throw new Error("no such symbol");`, "cannot be loaded: no such symbol"],
  ])("is %s by a binary %s", async (problem, _, script, words) => {
    await project.binary(script);
    expect(await project.call()).toMatchObject({ problem, message: expect.stringContaining(words) as string });
  });

  it("loads the file that the environment names, and nothing else", async () => {
    expect(await project.call({ env: { ACME_SUM_BINARY: addon } })).toMatchObject({
      problem: "unloadable",
      message: expect.stringContaining(`${addon} (ACME_SUM_BINARY) cannot be loaded: it is not a binary of`) as string,
      remedies: [`Unset ACME_SUM_BINARY, or let it name a binary of @acme/sum 1.0.0 for ${platform}.`],
    });
  });

  it("says which flag keeps addons out", async () => {
    expect(await project.call({ env: { ACME_SUM_BINARY: addon }, flags: ["--no-addons"] })).toMatchObject({
      problem: "forbidden",
      remedies: ["Start Node.js without --no-addons; it may stand in NODE_OPTIONS, too."],
    });
  });

  it("says how to build a checkout, known by a manifest without optional dependencies", async () => {
    await project.manifest({});
    await project.write("@acme/sum/index.node", "no binary");
    try {
      expect(await project.call()).toMatchObject({
        problem: "unloadable",
        remedies: [expect.stringMatching(/^This is a checkout: build its binary by npm run build, in .+sum$/)],
      });
    } finally {
      await project.manifest({ optionalDependencies: {} });
    }
    expect(await project.call()).toBe(3);
  });

  it("says how to keep it out of a bundle", async () => {
    const [from, to] = [`${project.folder}/node_modules/@acme/sum/dist/index.js`, `${project.folder}/bundle.js`];
    await rename(from, to);
    try {
      await project.binary(`throw new Error("away");`);
      expect(await project.call({ file: to })).toMatchObject({
        problem: "bundled",
        remedies: [expect.stringContaining("esbuild --external:@acme/sum"), expect.anything()],
      });
    } finally {
      await rename(to, from);
    }
  });
});

describe("a loader", () => {
  /** Of the addon that another package has brought. */
  interface Other {
    parse: () => unknown;
  }

  const options: LoaderOptions<Other> = {
    package: "other",
    version: "2",
    variable: "OTHER_BINARY",
    binaries: { [platform]: () => undefined },
    resolve: (name) => name,
    main: "other",
    folder: () => "/nowhere",
    exports: { parse: true },
    recognisedBy: ["parse"],
    versionOf: () => "2",
    error: (report) => new BinaryError("ERR_OTHER", report),
  };

  beforeEach(() => {
    process.env.OTHER_BINARY = addon;
    return () => {
      delete process.env.OTHER_BINARY;
    };
  });

  it("opens a file and gives what it exports, once", () => {
    const loader = createLoader(options);
    expect(loader.chosen()).toBe(addon);
    expect(loader.platform()).toBe(platform);
    expect(loader.load().parse).toBeTypeOf("function");
    expect(loader.load()).toBe(loader.load());
  });

  it("keeps no failure", () => {
    const loader = createLoader(options);
    process.env.OTHER_BINARY = "/nowhere.node";
    expect(() => loader.load()).toThrow("/nowhere.node (OTHER_BINARY) cannot be loaded");
    process.env.OTHER_BINARY = addon;
    expect(loader.load().parse).toBeTypeOf("function");
  });

  it("takes the package's own word for names, commands and remedies", () => {
    delete process.env.OTHER_BINARY;
    const problem = (more: Partial<LoaderOptions<Other>>) => {
      try {
        createLoader({ ...options, ...more }).load();
      } catch (error) {
        return error;
      }
      return undefined;
    };
    const packageOf = (platform: string) => `@other/${platform}`;
    expect(
      problem({ packageOf, glibc: "2.26", platform: () => "linux-x64-gnu", binaries: { "linux-x64-gnu": () => 1 } }),
    ).toMatchObject({
      platform: "linux-x64-gnu",
      remedies: [
        "Install the package again: npm install --force @other/linux-x64-gnu@2",
        "The binary needs glibc 2.26 or newer; ldd --version tells yours.",
        expect.stringContaining("--os=linux --cpu=x64 --libc=glibc other@2"),
      ],
    });
    expect(problem({ binaries: {}, buildAddon: "make", remedies: (problem) => [problem] })).toMatchObject({
      remedies: [
        "Build the addon from source with `make` and set OTHER_BINARY to the path of the binary.",
        "unsupported",
      ],
    });
    const resolve = (name: string) => {
      if (name === "@finder/of-binaries") throw new Error("not found");
      return name;
    };
    expect(problem({ finder: "@finder/of-binaries", resolve })).toMatchObject({
      problem: "incomplete",
      message: expect.stringContaining("the package @finder/of-binaries, which finds the binary, is not") as string,
    });
  });
});

it("a package can derive its own error", async () => {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
  const { outputText } = ts.transpileModule(await exampleOf("error.ts"), { compilerOptions });
  await project.write("@acme/sum/dist/error.js", outputText);
  const before = `
    const { BinaryError } = require("@compute-pi-rs/addon-loader");
    const { DigestBinaryError } = require("./node_modules/@acme/sum/dist/error.js");
    const error = new DigestBinaryError({ problem: "missing", message: "none" });
    if (!(error instanceof BinaryError) || error.code !== "ERR_DIGEST_BINARY" || error.problem !== "missing") process.exit(1);`;
  expect(await project.call({ before })).toBe(3);
});
