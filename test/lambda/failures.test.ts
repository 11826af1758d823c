import { describe, expect, test } from "vitest";

import { httpResponse } from "@compute-pi-rs/lambda-emulator";
import { FIRST_100 } from "../api/reference";
import { tellsOfWrongEvents, works } from "./behaviour";
import { deploy } from "./deploy";

describe.each(["commonjs", "esm"] as const)("%s", (name) => {
  test("tells the caller what is wrong with an event, and lives on", async () => {
    const deployed = await deploy(name, { timeout: 30 });
    const type = await deployed.invoke({ digits: "ten" });
    expect(type.error).toMatchObject({
      errorType: "TypeError",
      errorMessage: expect.stringContaining('"ten"') as string,
    });
    expect(type.log).toContain("ERR_INVALID_ARG_TYPE");

    const range = await deployed.invoke({ digits: -1 });
    expect(range.error).toMatchObject({
      errorType: "RangeError",
      errorMessage: expect.stringContaining("-1") as string,
    });
    expect(range.log).toContain("ERR_OUT_OF_RANGE");

    const next = await deployed.invoke({ digits: 100 });
    expect(next.payload).toEqual(works);
    expect(next.initDuration).toBeUndefined();
  });

  test("refuses what does not fit into the memory, and lives on", async () => {
    const deployed = await deploy(name, { timeout: 30 });
    const refused = await deployed.invoke({ digits: 30_000_000 });
    expect(refused.error).toMatchObject({ errorType: "MemoryLimitError" });
    expect(refused.log).toContain("ERR_COMPUTE_PI_MEMORY");

    const next = await deployed.invoke({ digits: 100 });
    expect(next.payload).toEqual(works);
    expect(next.initDuration).toBeUndefined();
  });

  test("is killed when its time is out in the middle of the work, and starts again", async () => {
    const deployed = await deploy(name, { timeout: 2 });
    const slow = await deployed.invoke({ digits: 200_000, algorithm: "spigot" });
    expect(slow.error).toMatchObject({
      errorType: "Sandbox.Timedout",
      errorMessage: "Task timed out after 2.00 seconds",
    });

    const next = await deployed.invoke({ digits: 100 });
    expect(next.payload).toEqual(works);
    expect(next.initDuration).toBeGreaterThan(0);
  });
});

describe("stream", () => {
  test("answers a bad request with its reason, and lives on", async () => {
    const deployed = await deploy("stream", { timeout: 30 });
    const refused = httpResponse(await deployed.invoke({ queryStringParameters: { digits: "ten" } }));
    expect(refused.statusCode).toBe(400);
    expect(refused.body.toString()).toContain("ERR_OUT_OF_RANGE");

    const next = await deployed.invoke({ queryStringParameters: { digits: "100" } });
    expect(httpResponse(next).body.toString()).toBe(FIRST_100);
    expect(next.initDuration).toBeUndefined();
  });
});

describe("plain", () => {
  tellsOfWrongEvents("plain");
});
