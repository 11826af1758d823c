import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { Consumer } from "../consumer.mjs";
import { isolatedEnvironment } from "../environment.mjs";

const registry = "http://127.0.0.1:9/";

it("shows npm one registry, and nothing of the person who runs the tests", async () => {
  const consumer = new Consumer(registry);
  onTestFinished(() => {
    consumer.dispose();
  });
  const { stdout } = await consumer.runOrThrow("npm", ["config", "list", "--json"]);
  const config = JSON.parse(stdout) as Record<string, string>;
  expect(config.registry).toBe(registry);
  const own = [config.cache, config.userconfig, config.globalconfig];
  expect(own.map((path) => path?.includes("compute-pi-rs-consumer-"))).toEqual([true, true, true]);
});

it("keeps the token in the home folder that it is given", () => {
  const home = mkdtempSync(join(tmpdir(), "compute-pi-rs-home-"));
  onTestFinished(() => {
    rmSync(home, { recursive: true });
  });
  expect(isolatedEnvironment(registry, home)).toMatchObject({ HOME: home, CI: "true" });
  expect(readFileSync(join(home, ".npmrc"), "utf8")).toContain("//127.0.0.1:9/:_authToken=");
});
