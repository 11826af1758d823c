import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { root } from "../../scripts/lib/paths.mjs";
import { Engine } from "../../src/wasm/engine";

const modules = ["pi.wasm", "pi-relaxed.wasm"]
  .map((name) => ({ name, bytes: readFileSync(join(root, "dist", name)) }))
  .filter(({ bytes }) => WebAssembly.validate(bytes));
const sizes = [10_000, 30_000, 100_000, 600_000, 1_000_000];

it.each(modules.flatMap(({ name, bytes }) => sizes.map((n) => ({ name, bytes, n }))))(
  "the memory of $name grows by less than it estimates for $n digits, and not by less than a third",
  ({ bytes, n }) => {
    const engine = new Engine(new WebAssembly.Module(bytes), { advanced: () => undefined, now: () => 0 });
    engine.start();
    const before = engine.held();
    engine.digits({ n, algorithm: "chudnovsky", verify: false, maxMemory: Infinity }, 48);
    const taken = engine.held() - before;
    expect(engine.estimate(n, "chudnovsky")).toBeGreaterThan(taken);
    expect(engine.estimate(n, "chudnovsky")).toBeLessThan(3 * taken);
  },
);
