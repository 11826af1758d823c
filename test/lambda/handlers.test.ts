import { describe, expect, test } from "vitest";

import { nodejsRuntimes } from "@compute-pi-rs/lambda-emulator";
import { checksum, PUBLISHED_SHA256 } from "../api/reference";
import { answers, digitsOf, scripts } from "./answers";
import { architectures, deploy, native } from "./deploy";

answers([
  ...nodejsRuntimes.flatMap((runtime) => scripts.map((name) => ({ name, runtime, architecture: native }))),
  { name: "rust", runtime: "provided.al2023", architecture: native },
  // One call on the other processor; emulated.test.ts has the others.
  ...architectures
    .filter((architecture) => architecture !== native)
    .map((architecture) => ({ name: "commonjs" as const, runtime: "nodejs24.x", architecture })),
]);

describe.each([...scripts, "rust"] as const)("%s", (name) => {
  test("does not grow in twenty invocations", async () => {
    const deployed = await deploy(name, { timeout: 60 });
    const slow = name === "plain" || name === "rust";
    const event = { digits: slow ? 1_001 : 100_001 };
    const grown = [];
    for (let invocation = 0; invocation < 25; invocation++) {
      const result = await deployed.invoke(event);
      expect(checksum(digitsOf(name, result))).toBe(PUBLISHED_SHA256.get(event.digits));
      grown.push(deployed.memory ?? NaN);
    }
    console.log(`${name}: ${grown.map((memory) => memory.toFixed(0)).join(" ")} MB`);
    const [before, after] = [grown.slice(4, 9), grown.slice(-5)].map((part) => Math.min(...part));
    // An array of the digits that stayed would be 0.8 MB an invocation.
    expect((after ?? NaN) - (before ?? NaN)).toBeLessThan(12);
  });
});
