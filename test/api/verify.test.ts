import { describe, expect, it, vi } from "vitest";

import { generate, generateBytes, generateString, stream, VerificationError, type Verification } from "../../src/index";
import { failureOf } from "../../src/computation";
import { checksum, FIRST_100, PUBLISHED_SHA256 } from "./reference";

const proof = { hexPosition: expect.any(Number) as number, hexDigits: 21 };

describe("verify", () => {
  it("gives the same digits", async () => {
    expect(checksum(await generateString(10_001, { verify: true }))).toBe(PUBLISHED_SHA256.get(10_001));
    expect(await generate(100, { verify: true })).toEqual(Array.from(FIRST_100, Number));
    expect(await generateString(100, { verify: true, algorithm: "spigot" })).toBe(FIRST_100);
  });

  it("tells how the digits were proved, and compares hexadecimal ones where they end", async () => {
    const onVerified = vi.fn<(verification: Verification) => void>();
    await generateBytes(10_001, { verify: true, onVerified });
    expect(onVerified).toHaveBeenCalledExactlyOnceWith(proof);
    // 10,001 decimal digits are worth 8,305.6 hexadecimal ones; the computation has a few more to spare.
    const { hexPosition = 0, hexDigits = 0 } = onVerified.mock.calls[0]?.[0] ?? {};
    expect(hexPosition + hexDigits).toBeGreaterThan(8_305);
    expect(hexPosition).toBeLessThan(8_305 + 64);
  });

  it("has nothing to prove of no digits", async () => {
    const onVerified = vi.fn();
    expect(await generate(0, { verify: true, onVerified })).toEqual([]);
    expect(onVerified).not.toHaveBeenCalled();
  });

  it("proves a stream before its end", async () => {
    const onVerified = vi.fn();
    const text = Buffer.concat(await stream(100_001, { verify: true, onVerified }).toArray()).toString();
    expect(checksum(text)).toBe(PUBLISHED_SHA256.get(100_001));
    expect(onVerified).toHaveBeenCalledExactlyOnceWith(proof);
  });

  it("tells nothing when nothing was to be proved", async () => {
    const onVerified = vi.fn();
    await generate(5, { verify: false, onVerified });
    expect(onVerified).not.toHaveBeenCalled();
  });

  it("is a boolean", async () => {
    for (const verify of ["yes", 1, null, {}, () => undefined]) {
      await expect(generate(5, { verify: verify as never })).rejects.toMatchObject({ code: "ERR_INVALID_ARG_TYPE" });
    }
  });

  it("reports digits that are wrong by an error of its own", () => {
    const failure = Object.assign(new Error("the computation went wrong"), { kind: "verification" });
    const error = failureOf(failure);
    expect(error).toBeInstanceOf(VerificationError);
    expect(error).toMatchObject({ code: "ERR_COMPUTE_PI_VERIFY", message: failure.message, cause: failure });
  });
});
