import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { generate, generateBytes, generateString, stream, type Algorithm } from "../../src/index";
import { checksum, FIRST_100, PUBLISHED_SHA256 } from "./reference";

async function streamed(n: number, options?: { algorithm: Algorithm }): Promise<string> {
  let text = "";
  for await (const chunk of stream(n, options)) text += String(chunk);
  return text;
}

describe("digits", () => {
  it("are an empty result for 0, whatever the kind", async () => {
    expect(await generate(0)).toEqual([]);
    expect(await generateString(0)).toBe("");
    expect(await generateBytes(0)).toEqual(new Uint8Array());
    expect(await streamed(0)).toBe("");
  });

  it.each([1, 2, 3, 10, 99, 100])("are the published ones: %i", async (n) => {
    expect((await generate(n)).join("")).toBe(FIRST_100.slice(0, n));
    expect(await generateString(n)).toBe(FIRST_100.slice(0, n));
  });

  it.each([...PUBLISHED_SHA256])("have the published checksum: %i", async (n, published) => {
    expect(checksum(await generateString(n))).toBe(published);
    expect(checksum(await streamed(n))).toBe(published);
    expect(checksum((await generate(n)).join(""))).toBe(published);
    expect(checksum([...(await generateBytes(n))].join(""))).toBe(published);
  });

  it("are the same from both algorithms, for every n and in every form", async () => {
    const reference = await generateString(2000, { algorithm: "spigot" });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(2000),
        fc.constantFrom<Algorithm>("chudnovsky", "spigot"),
        fc.integer({ min: 1, max: 4 }),
        async (n, algorithm, threads) => {
          const options = { algorithm, threads };
          const expected = reference.slice(0, n);
          expect(await generateString(n, options)).toBe(expected);
          expect((await generate(n, options)).join("")).toBe(expected);
          expect(Buffer.from(await generateBytes(n, options)).toString("hex")).toBe(expected.replace(/./g, "0$&"));
          expect(await streamed(n, options)).toBe(expected);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("are numbers in an ordinary array", async () => {
    const digits = await generate(100_000);
    expect(Array.isArray(digits)).toBe(true);
    expect(digits).toHaveLength(100_000);
    expect(digits.every((digit) => Number.isInteger(digit) && digit >= 0 && digit <= 9)).toBe(true);
    expect(Object.keys(digits)).toHaveLength(100_000);
  });

  it("are bytes that the caller owns", async () => {
    const [first, second] = await Promise.all([generateBytes(1000), generateBytes(1000)]);
    first.fill(255);
    expect(second).toEqual(await generateBytes(1000));
    const sent = structuredClone(second, { transfer: [second.buffer] });
    expect(sent).toEqual(await generateBytes(1000));
  });
});

it("gives bytes whose copy can be transferred", async () => {
  const bytes = (await generateBytes(100)).slice();
  expect(structuredClone(bytes, { transfer: [bytes.buffer] }).join("")).toBe(FIRST_100);
  expect(bytes).toHaveLength(0);
});
