import { expect, onTestFinished, test } from "vitest";

import type { Consumer } from "@compute-pi-rs/registry";
import { tools } from "@compute-pi-rs/pinned-tools";
import { emptyProject } from "./project";
import { record } from "./record";

const node = process.execPath;

function project(): Consumer {
  const consumer = emptyProject({
    name: "consumer",
    version: "1.0.0",
    private: true,
    dependencies: { "compute-pi-rs": "*" },
  });
  onTestFinished(() => {
    consumer.dispose();
  });
  return consumer;
}

/** Runs the programs with one runtime, and notes them. On Node.js, runtimes.test.ts has worker threads for more rounds. */
async function runPrograms(
  consumer: Consumer,
  name: string,
  [command, ...args]: [string, ...string[]],
  rounds = 1,
): Promise<void> {
  const programs = [["require.cjs"], ["import.mjs"], ["abort.cjs"], ["workers.cjs", `${rounds}`], ["invoke.cjs"]];
  for (const [program = "", ...rest] of programs) {
    const result = await consumer.run(command, [...args, program, ...rest]);
    expect(result, program).toMatchObject({ exitCode: 0, stderr: "" });
    record(name, program);
  }
}

test("npm", async () => {
  const consumer = project();
  await consumer.install([]);
  await runPrograms(consumer, "npm", [node]);
});

test("pnpm", async () => {
  const consumer = project();
  // A package that was published a minute ago is too young for pnpm's taste.
  consumer.write("pnpm-workspace.yaml", "minimumReleaseAge: 0\n");
  await consumer.runOrThrow(tools.pnpm, ["install", "--ignore-scripts", "--no-frozen-lockfile"]);
  await runPrograms(consumer, "pnpm", [node]);
});

test.each([
  ["yarn, node-modules", "node-modules", [node]],
  ["yarn, PnP", "pnp", [node, tools.yarn, "node"]],
] as const)("%s", async (name, nodeLinker, [command, ...args]) => {
  const consumer = project();
  const configuration = {
    nodeLinker,
    npmRegistryServer: consumer.env.npm_config_registry,
    unsafeHttpWhitelist: ["127.0.0.1"],
    enableScripts: false,
    enableTelemetry: false,
    enableGlobalCache: false,
    npmMinimalAgeGate: 0,
  };
  consumer.write(".yarnrc.yml", JSON.stringify(configuration));
  await consumer.runOrThrow(node, [tools.yarn, "install", "--no-immutable"]);
  await runPrograms(consumer, name, [command, ...args]);
});

test("bun", async () => {
  const consumer = project();
  await consumer.runOrThrow(tools.bun, ["install", "--ignore-scripts", "--no-progress"]);
  await runPrograms(consumer, "bun", [tools.bun, "run"], 5);
});

test("deno", async () => {
  const consumer = project();
  consumer.write("deno.json", '{ "nodeModulesDir": "auto", "minimumDependencyAge": 0 }\n');
  await consumer.runOrThrow(tools.deno, ["install"]);
  await runPrograms(consumer, "deno", [tools.deno, "run", "--allow-all"], 5);
});
