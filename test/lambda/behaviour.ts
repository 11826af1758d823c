import { expect, test } from "vitest";

import { checksum, FIRST_100, PUBLISHED_SHA256 } from "../api/reference";
import { digitsOf } from "./answers";
import { deploy, type Name } from "./deploy";

/** The answer to 100 digits. */
export const works = { digits: 100, pi: FIRST_100 };

/** Tests that a function outlives an event that it refuses. */
export function tellsOfWrongEvents(name: Name): void {
  test("tells the caller what is wrong with an event, and lives on", async () => {
    const deployed = await deploy(name, { timeout: 30 });
    const { error } = await deployed.invoke({ digits: -1 });
    expect(error?.errorMessage).toContain("-1");
    const next = await deployed.invoke({ digits: 100 });
    expect(next.payload).toEqual(works);
    expect(next.initDuration).toBeUndefined();
  });
}

/** Tests that invocations leave nothing behind in the memory of a function. */
export function staysAsLargeAsItIs(name: Name): void {
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
}
