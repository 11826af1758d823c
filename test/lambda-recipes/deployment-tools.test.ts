import { cpSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";

import { readManifest } from "../../scripts/lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { LambdaFunction } from "@compute-pi-rs/lambda-emulator";
import { examples } from "../../scripts/lambda/package/functions.mjs";
import { serveCheckout } from "../../scripts/lambda/package/registry.mjs";
import { Consumer } from "@compute-pi-rs/registry";
import { npmPackages } from "@compute-pi-rs/steps";

const tools = await npmPackages("deployment-tools", fileURLToPath(new URL(".", import.meta.url)));
const registry = await serveCheckout(["linux-x64-gnu", "linux-arm64-gnu"], { complete: true });
const { dependencies } = readManifest(examples);
const consumers: Consumer[] = [];

afterAll(async () => {
  for (const consumer of consumers) consumer.dispose();
  await registry.stop();
});

/** A user's copy of some of the examples. */
function project(files: string[]): Consumer {
  const consumer = new Consumer(registry.url, { name: "functions", private: true, dependencies });
  for (const file of files) cpSync(join(examples, file), join(consumer.directory, file));
  consumers.push(consumer);
  return consumer;
}

const response = { digits: 10, pi: "3141592653" };

async function invoke(code: { zip: string } | { folder: string }, handler: string, architecture: "x86_64" | "arm64") {
  const deployed = await LambdaFunction.deploy({ ...code, handler, architecture, timeout: 300 });
  try {
    return await deployed.invoke({ digits: 10 });
  } finally {
    await deployed.remove();
  }
}

describe("AWS CDK", () => {
  test("synthesizes functions for both architectures that run", async () => {
    const consumer = project(["app.js", "cdk.mjs"]);
    await consumer.install([]);
    for (const name of ["aws-cdk-lib", "constructs", "esbuild", ".bin/esbuild"]) {
      symlinkSync(join(tools, "node_modules", name), join(consumer.directory, "node_modules", name));
    }
    await consumer.runOrThrow(process.execPath, ["cdk.mjs"], { env: { CDK_OUTDIR: "cdk.out" }, timeout: 600_000 });
    const output = join(consumer.directory, "cdk.out");
    const template = JSON.parse(readFileSync(join(output, "PiFunctions.template.json"), "utf8")) as {
      Resources: Record<
        string,
        { Type: string; Properties: { Architectures: ["x86_64" | "arm64"]; Handler: string; Code: { S3Key: string } } }
      >;
    };
    const functions = Object.values(template.Resources).filter(({ Type }) => Type === "AWS::Lambda::Function");
    expect(functions.map(({ Properties }) => Properties.Architectures[0]).sort()).toEqual(["arm64", "x86_64"]);
    for (const { Properties } of functions) {
      const folder = join(output, `asset.${Properties.Code.S3Key.replace(".zip", "")}`);
      const [architecture] = Properties.Architectures;
      const platform = architecture === "arm64" ? "linux-arm64-gnu" : "linux-x64-gnu";
      expect(readdirSync(join(folder, "node_modules", "@compute-pi-rs"))).toEqual([platform]);
      expect(await invoke({ folder }, Properties.Handler, architecture)).toMatchObject({ payload: response });
    }
  });
});

describe("Serverless Framework", () => {
  test("packs what npm installed for the target", async () => {
    const consumer = project(["app.js", "serverless.yml"]);
    await consumer.install([], { target: { os: "linux", cpu: "arm64", libc: "glibc" } });
    const serverless = join(tools, "node_modules", "osls", "bin", "serverless.js");
    await runOrThrow(process.execPath, [serverless, "package"], { cwd: consumer.directory, env: consumer.env });
    const zip = join(consumer.directory, ".serverless", "pi-functions.zip");
    const files = Object.keys(unzipSync(readFileSync(zip)));
    expect(files.filter((path) => !path.startsWith("node_modules/"))).toEqual(["app.js"]);
    expect(files.filter((path) => path.endsWith(".node"))).toEqual([
      "node_modules/@compute-pi-rs/linux-arm64-gnu/index.node",
    ]);
    expect(await invoke({ zip }, "app.handler", "arm64")).toMatchObject({ payload: response });
  });
});
