import { expect } from "vitest";

import { nodeRuntimes } from "@compute-pi-rs/pinned-tools";
import type { HostTest } from "./host-test";

/** Digits enough that `generate` has to wait for turns of the event loop. */
const MANY = 500_000;

/** The tests of a user, in the words that Jest and Vitest share, whose functions are in `double`. */
const suite = (double: string) => `
  const rejected = (promise) => promise.then(() => undefined, (error) => error);
  const thrown = (call) => { try { call(); } catch (error) { return error; } };

  test("gives digits, and bytes of the realm", async () => {
    expect(await pi.generate(5)).toEqual([3, 1, 4, 1, 5]);
    const bytes = await pi.generateBytes(5);
    expect(bytes).toBeInstanceOf(Uint8Array);
    expect(bytes).toEqual(new Uint8Array([3, 1, 4, 1, 5]));
  });

  test("makes errors of the realm", async () => {
    const range = await rejected(pi.hexDigitsPartial({ position: 1000, from: 0, to: 1e9 }));
    expect(range).toBeInstanceOf(RangeError);
    expect(range.code).toBe("ERR_OUT_OF_RANGE");
    expect(await rejected(pi.generate("5"))).toBeInstanceOf(TypeError);
    const memory = await rejected(pi.generate(1e6, { maxMemory: 1 }));
    expect(memory).toBeInstanceOf(pi.MemoryLimitError);
    expect(memory).toBeInstanceOf(Error);
    const parts = thrown(() => pi.hexDigitsCombine([]));
    expect(parts).toBeInstanceOf(pi.HexPartsError);
    expect(parts.code).toBe("ERR_COMPUTE_PI_PARTS");
  });

  test("stops when a signal aborts", async () => {
    const controller = new AbortController();
    const call = rejected(pi.generate(3_000_000, { signal: controller.signal, maxMemory: Infinity }));
    setTimeout(() => controller.abort(), 20);
    expect(await call).toBe(controller.signal.reason);
  });

  test("settles while clocks are faked", async () => {
    ${double}.useFakeTimers();
    try {
      expect(await pi.generate(${MANY})).toHaveLength(${MANY});
      let length = 0;
      for await (const chunk of pi.stream(${MANY})) length += chunk.length;
      expect(length).toBe(${MANY});
    } finally {
      ${double}.useRealTimers();
    }
  });`;

export const jest: HostTest = async (project) => {
  project.write({
    "pi.test.js": `
      const pi = require("compute-pi-rs");
      ${suite("jest")}

      test("has functions that can be replaced", async () => {
        const spy = jest.spyOn(pi, "generate").mockResolvedValue([1]);
        expect(await pi.generate(5)).toEqual([1]);
        spy.mockRestore();
        expect(await pi.generate(2)).toEqual([3, 1]);
      });`,
    "automock.test.js": `
      jest.mock("compute-pi-rs");
      test("can be replaced as a whole", async () => {
        const pi = require("compute-pi-rs");
        pi.generate.mockResolvedValue([1]);
        expect(await pi.generate(5)).toEqual([1]);
      });`,
  });
  const { stderr } = await project.node([project.script("jest", "bin", "jest.js"), "--ci", "--testEnvironment=node"]);
  expect(stderr).toContain("Tests:       6 passed, 6 total");
  expect(stderr).not.toContain("did not exit");
};

export const vitest: HostTest = async (project) => {
  project.write({
    "pi.test.mjs": `
      import { expect, test, vi } from "vitest";
      import * as pi from "compute-pi-rs";
      ${suite("vi")}`,
    "spy.test.mjs": `
      import { expect, test, vi } from "vitest";
      import { generate } from "compute-pi-rs";
      vi.mock("compute-pi-rs", { spy: true });

      test("has functions that can be replaced", async () => {
        vi.mocked(generate).mockResolvedValueOnce([1]);
        expect(await generate(5)).toEqual([1]);
        expect(await generate(2)).toEqual([3, 1]);
      });`,
  });
  for (const pool of ["forks", "threads", "vmForks", "vmThreads"]) {
    const { stdout } = await project.node([project.script("vitest", "vitest.mjs"), "run", `--pool=${pool}`]);
    expect(stdout, pool).toMatch(/Tests +5 passed \(5\)/);
  }
};

export const nodeTest: HostTest = async (project, { version }) => {
  const runtime = nodeRuntimes().find((each) => each.version === version);
  if (runtime === undefined) throw new Error(`Node.js ${version} is not installed`);
  project.write({
    "pi.test.mjs": `
      import assert from "node:assert/strict";
      import { createRequire } from "node:module";
      import { mock, test } from "node:test";
      import { generate, stream } from "compute-pi-rs";

      test("settles while clocks are faked", async () => {
        mock.timers.enable();
        try {
          assert.equal((await generate(${MANY})).length, ${MANY});
          let length = 0;
          for await (const chunk of stream(${MANY})) length += chunk.length;
          assert.equal(length, ${MANY});
        } finally {
          mock.timers.reset();
        }
      });

      test("has functions that can be replaced", async () => {
        const pi = createRequire(import.meta.url)("compute-pi-rs");
        const { mock: calls } = mock.method(pi, "generate", async () => [1]);
        assert.deepEqual(await pi.generate(5), [1]);
        calls.restore();
        assert.deepEqual(await pi.generate(2), [3, 1]);
      });`,
  });
  const { stdout } = await project.run(runtime.path, ["--test", "--test-reporter=tap", "pi.test.mjs"]);
  expect(stdout).toContain("# pass 2\n# fail 0");
};

export const mochaWithSinon: HostTest = async (project) => {
  project.write({
    "pi.spec.cjs": `
      const assert = require("node:assert/strict");
      const sinon = require("sinon");
      const pi = require("compute-pi-rs");

      describe("compute-pi-rs", () => {
        afterEach(() => sinon.restore());

        it("settles while clocks are faked", async () => {
          sinon.useFakeTimers();
          assert.equal((await pi.generate(${MANY})).length, ${MANY});
          sinon.restore();
          // The streams of Node.js themselves need its ticks.
          sinon.useFakeTimers({ toFake: ["setTimeout", "setInterval", "setImmediate", "Date"] });
          let length = 0;
          for await (const chunk of pi.stream(${MANY})) length += chunk.length;
          assert.equal(length, ${MANY});
        });

        it("has functions that can be replaced", async () => {
          sinon.stub(pi, "generate").resolves([1]);
          assert.deepEqual(await pi.generate(5), [1]);
          sinon.restore();
          assert.deepEqual(await pi.generate(2), [3, 1]);
        });

        it("does not keep the process", () => pi.generate(5));
      });`,
  });
  const { stdout } = await project.node([
    project.script("mocha", "bin", "mocha.js"),
    "--timeout=120000",
    "pi.spec.cjs",
  ]);
  expect(stdout).toContain("3 passing");
};
