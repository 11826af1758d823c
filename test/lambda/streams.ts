import { expect, test } from "vitest";

import { httpResponse, type Architecture } from "@compute-pi-rs/lambda-emulator";
import { checksum, PUBLISHED_SHA256 } from "../api/reference";
import { deploy } from "./deploy";

/** Tests that the stream handler sends digits while it computes. */
export function streams(architecture: Architecture): void {
  test("sends digits while it computes the next ones", async () => {
    const deployed = await deploy("stream", { architecture, timeout: 250 });
    await deployed.invoke({ digits: 10 });
    const result = await deployed.invoke({ digits: 10_001, algorithm: "spigot" });
    expect(result.error).toBeUndefined();
    const { headers, body } = httpResponse(result);
    expect(headers["content-type"]).toContain("text/plain");
    expect(checksum(body.toString())).toBe(PUBLISHED_SHA256.get(10_001));

    // The spigot's work grows with the square of the digits: a quarter of the time gives half of them.
    const [first, ...rest] = result.chunks.map(({ at }) => at);
    expect(rest.length).toBeGreaterThan(3);
    expect(first).toBeLessThan(0.5 * result.duration);
    console.log(
      `${architecture}: ${String(result.chunks.length)} parts, first after ${first?.toFixed(0) ?? "?"} ms, end after ${result.duration.toFixed(0)} ms`,
    );
  });
}
