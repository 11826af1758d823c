import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

import { serveCheckout } from "../../scripts/lambda/package/registry.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { LambdaFunction, type Architecture } from "@compute-pi-rs/lambda-emulator";
import { Consumer } from "@compute-pi-rs/registry";
import { native } from "../../scripts/lambda/package/functions.mjs";
import { Interpreter } from "./interpreter";
import { InvokeApi } from "./invoke-api";
import { S3 } from "./s3";
import { example, modules, pythonTool } from "./tools";

export const BUCKET = "results";

/** Each function's module, and how many environments it may have at the same time. */
const FUNCTIONS = {
  Plan: ["plan", 1],
  Partial: ["partial", 2],
  Combine: ["combine", 1],
  Dying: ["dying", 2],
  Garbage: ["garbage", 1],
  Arm: ["partial", 1],
} as const;

/** The functions that the template deploys; on other machines under an emulator. */
const ARM: Architecture = "arm64";

/** A worker whose process is killed when it has begun to compute. */
const DYING = `
const { handler } = require("./partial.js");
exports.handler = (event) => {
  void handler(event);
  process.kill(process.pid, "SIGKILL");
};
`;

/** A worker that looks like any other, with the wrong digits, and others each time. */
const GARBAGE = `
const { randomBytes } = require("node:crypto");
const path = require.resolve("compute-pi-rs");
const pi = require(path);
const hexDigitsPartial = async (...request) => {
  const part = await pi.hexDigitsPartial(...request);
  return { ...part, fraction: part.fraction.replace(/^.{10}/, randomBytes(5).toString("hex").toUpperCase()) };
};
require.cache[path].exports = { ...pi, hexDigitsPartial };
exports.handler = require("./partial.js").handler;
`;

/** The example as deployed: its functions behind the Invoke API, a bucket, and its state machine. */
export class Deployment {
  private constructor(
    readonly api: InvokeApi,
    readonly machine: Interpreter,
    readonly s3: S3,
    private readonly folder: string,
    private readonly environments: LambdaFunction[],
  ) {}

  static async create(): Promise<Deployment> {
    const folder = mkdtempSync(join(tmpdir(), "compute-pi-rs-stepfunctions-"));
    const s3 = await S3.start(BUCKET);
    // Who asks is told by the access key.
    const as = (who: string) => ({
      AWS_ACCESS_KEY_ID: who,
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ENDPOINT_URL_S3: s3.url,
    });
    const targets = [...new Set([native, ARM])];
    const registry = await serveCheckout(["linux-x64-gnu", "linux-arm64-gnu"]);
    for (const architecture of targets) {
      const code = join(folder, architecture);
      await unpack(await deployed(architecture, registry.url, as("sam")), code);
      writeFileSync(join(code, "dying.js"), DYING);
      writeFileSync(join(code, "garbage.js"), GARBAGE);
    }
    await registry.stop();
    // Lambda has the SDK in the NODE_PATH, too.
    const functions = new Map<string, LambdaFunction[]>();
    for (const [name, [module, count]] of Object.entries(FUNCTIONS)) {
      const architecture = name === "Arm" ? ARM : native;
      const code = { folder: join(folder, architecture), architecture };
      // The others take the place of Partial.
      const who = name === "Plan" || name === "Combine" ? name : "Partial";
      const environment = { ...as(who), BUCKET, NODE_PATH: modules };
      const settings = { ...code, handler: `${module}.handler`, memory: 1769, timeout: 240, environment };
      functions.set(name, await Promise.all(Array.from({ length: count }, () => LambdaFunction.deploy(settings))));
    }
    const api = await InvokeApi.listen(functions);
    const machine = Interpreter.start(definition(folder), { ...as("Digits"), AWS_ENDPOINT_URL_LAMBDA: api.url });
    return new Deployment(api, machine, s3, folder, [...functions.values()].flat());
  }

  async remove(): Promise<void> {
    await this.machine.stop();
    this.api.close();
    this.s3.stop();
    await Promise.all(this.environments.map((environment) => environment.remove()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The example's definition, with the names of functions and bucket in it, as SAM substitutes them. */
function definition(folder: string): string {
  const file = join(folder, "statemachine.asl.json");
  const text = readFileSync(join(example, "statemachine.asl.json"), "utf8");
  writeFileSync(file, text.replaceAll(/\$\{(\w+)Function\}/g, "$1").replaceAll("${Bucket}", BUCKET));
  return file;
}

/**
 * Does as a user with a copy of the example, up to the upload.
 *
 * @returns the zip file that the SAM CLI made
 */
async function deployed(architecture: Architecture, registry: string, env: NodeJS.ProcessEnv): Promise<Uint8Array> {
  const consumer = new Consumer(registry);
  try {
    cpSync(example, consumer.directory, { recursive: true });
    const target = architecture === ARM ? [] : ["--cpu=x64"];
    await consumer.runOrThrow("npm", ["install", ...target]);
    const output = join(consumer.directory, "packaged.json");
    const args = [
      "package",
      "--s3-bucket",
      BUCKET,
      "--s3-prefix",
      "code",
      "--use-json",
      "--output-template-file",
      output,
    ];
    const settings = { SAM_CLI_TELEMETRY: "0", __SAM_CLI_APP_DIR: join(consumer.directory, "..", "home") };
    await consumer.runOrThrow(pythonTool("sam"), args, { env: { ...env, ...settings } });
    const { Resources } = parse(readFileSync(output, "utf8")) as {
      Resources: Record<string, { Properties: { CodeUri?: string } }>;
    };
    const archives = new Set(Object.values(Resources).flatMap(({ Properties }) => Properties.CodeUri ?? []));
    // The functions share it.
    const [archive, ...others] = archives;
    if (archive === undefined || others.length > 0) throw new Error(`archives: ${[...archives].join(", ")}`);
    // moto asks who it is, and for no proof.
    const headers = {
      authorization:
        "AWS4-HMAC-SHA256 Credential=sam/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=none",
    };
    const answer = await fetch(archive.replace("s3:/", env.AWS_ENDPOINT_URL_S3 ?? ""), { headers });
    if (!answer.ok) throw new Error(`${archive}: ${answer.status} ${await answer.text()}`);
    return new Uint8Array(await answer.arrayBuffer());
  } finally {
    consumer.dispose();
  }
}

async function unpack(archive: Uint8Array, directory: string): Promise<void> {
  const file = `${directory}.zip`;
  writeFileSync(file, archive);
  await runOrThrow("unzip", ["-q", file, "-d", directory]);
}
