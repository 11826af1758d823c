import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { LambdaFunction, type Settings } from "../function.mjs";
import { kept } from "./kept";

// The other tests rely on this: functions are treated here as Lambda treats them.
async function deployProbe(settings: Settings = {}): Promise<LambdaFunction> {
  const folder = fileURLToPath(new URL("functions", import.meta.url));
  return kept(await LambdaFunction.deploy({ folder, handler: "probe.handler", timeout: 30, ...settings }));
}

test("a function finds Lambda's environment", async () => {
  const probe = await deployProbe({ memory: 256, environment: { GREETING: "hello" } });
  const { payload } = await probe.invoke({ report: true });
  expect(payload).toMatchObject({
    handler: "probe.handler",
    memory: "256",
    memoryOfContext: "256",
    runtime: "AWS_Lambda_nodejs24.x",
    greeting: "hello",
    requireOfEsm: false,
    version: expect.stringMatching(/^v24\./) as string,
    trace: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1$/) as string,
  });
});

test("a function cannot write to its code, and can to its temporary folder", async () => {
  const probe = await deployProbe();
  const { payload } = await probe.invoke({ write: true });
  expect(payload).toEqual({ code: expect.stringMatching(/^(EROFS|EACCES)$/) as string, temporary: "written" });
});

test("a function that exits is started again", async () => {
  const probe = await deployProbe();
  const { error } = await probe.invoke({ exit: 3 });
  expect(error?.errorType).toBe("Runtime.ExitError");
  expect(error?.errorMessage).toContain("exit status 3");
  expect((await probe.invoke({})).initDuration).toBeGreaterThan(0);
});

test("a function that cannot be loaded says why", async () => {
  const broken = await deployProbe({ handler: "missing.handler" });
  expect((await broken.invoke({})).error).toMatchObject({ errorType: "Runtime.ImportModuleError" });
  const nameless = await deployProbe({ handler: "probe.nothing" });
  expect((await nameless.invoke({})).error).toMatchObject({ errorType: "Runtime.HandlerNotFound" });
});

test("an answer of more than 6 MB is refused, and the function lives on", async () => {
  const probe = await deployProbe();
  const { error } = await probe.invoke({ answer: 6_291_557 });
  expect(error?.errorType).toBe("Function.ResponseSizeTooLarge");
  const largest = await probe.invoke({ answer: 6_291_554 });
  expect(largest.error).toBeUndefined();
  expect(largest.initDuration).toBeUndefined();
});

test("a stream that fails half-way says so behind its parts", async () => {
  const probe = await deployProbe({ handler: "probe.streaming" });
  const { body, chunks, error } = await probe.invoke({ fail: true });
  expect(body.toString()).toBe("one");
  expect(chunks).toHaveLength(1);
  expect(error).toMatchObject({ errorType: "TypeError", errorMessage: "half-way" });

  const next = await probe.invoke({});
  expect(next.body.toString()).toBe("onetwo");
  expect(next.initDuration).toBeUndefined();
});

test("a segment that a function sends to X-Ray arrives", async () => {
  const probe = await deployProbe();
  const { segments } = await probe.invoke({ segment: "compute" });
  expect(segments).toMatchObject([{ name: "compute", type: "subsegment" }]);
});
