import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { fleet } from "../../scripts/lambda/package/functions.mjs";
import { packageFunctions } from "../../scripts/lambda/package/package.mjs";
import { runOrThrow } from "../../scripts/lib/run.mjs";
import { LambdaFunction } from "../../scripts/lambda/function.mjs";
import type { Architecture } from "../../scripts/lambda/runtimes.mjs";
import { Interpreter } from "./interpreter";
import { InvokeApi } from "./invoke-api";
import { modules, pythonTool } from "./tools";

const BUCKET = "results";
const native: Architecture = process.arch === "arm64" ? "arm64" : "x86_64";

/** Each function's module, and how many environments it may have at the same time. */
const FUNCTIONS = {
  Plan: ["plan", 1],
  Partial: ["partial", 2],
  Combine: ["combine", 1],
  Dying: ["dying", 2],
  Garbage: ["garbage", 1],
  Arm: ["partial", 1],
} as const;

/** What the template deploys; on other machines under an emulator. */
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
    private readonly folder: string,
    private readonly s3: ChildProcess,
    private readonly environments: LambdaFunction[],
  ) {}

  static async create(): Promise<Deployment> {
    const folder = mkdtempSync(join(tmpdir(), "compute-pi-rs-stepfunctions-"));
    const { process: s3, url } = await startS3();
    const credentials = {
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ENDPOINT_URL_S3: url,
    };
    const targets = [...new Set([native, ARM])];
    const archives = await packageFunctions({ only: ["fleet"], for: targets, directory: folder });
    for (const architecture of targets) {
      const code = join(folder, architecture);
      await runOrThrow("unzip", ["-q", archives[`fleet-${architecture}`] ?? "", "-d", code]);
      writeFileSync(join(code, "dying.js"), DYING);
      writeFileSync(join(code, "garbage.js"), GARBAGE);
    }
    // Lambda has the SDK in the NODE_PATH, too.
    const environment = { ...credentials, BUCKET, NODE_PATH: modules };
    const functions = new Map<string, LambdaFunction[]>();
    for (const [name, [module, count]] of Object.entries(FUNCTIONS)) {
      const architecture = name === "Arm" ? ARM : native;
      const code = { folder: join(folder, architecture), architecture };
      const settings = { ...code, handler: `${module}.handler`, memory: 1769, timeout: 240, environment };
      functions.set(name, await Promise.all(Array.from({ length: count }, () => LambdaFunction.deploy(settings))));
    }
    const api = await InvokeApi.listen(functions);
    const machine = Interpreter.start(definition(folder), { ...credentials, AWS_ENDPOINT_URL_LAMBDA: api.url });
    return new Deployment(api, machine, folder, s3, [...functions.values()].flat());
  }

  async remove(): Promise<void> {
    await this.machine.stop();
    this.api.close();
    this.s3.kill("SIGKILL");
    await Promise.all(this.environments.map((environment) => environment.remove()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The example's definition, with the names of functions and bucket in it, as SAM substitutes them. */
function definition(folder: string): string {
  const file = join(folder, "statemachine.asl.json");
  const text = readFileSync(join(fleet, "statemachine.asl.json"), "utf8");
  writeFileSync(file, text.replaceAll(/\$\{(\w+)Function\}/g, "$1").replaceAll("${Bucket}", BUCKET));
  return file;
}

/** Starts moto's S3, with a bucket. */
async function startS3(): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(pythonTool("moto_server"), ["--host", "127.0.0.1", "--port", "0"]);
  child.stdout.resume();
  const url = await new Promise<string>((resolve, reject) => {
    let log = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      log += text;
      const [, address] = /Running on (http:\S+)/.exec(log) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.on("exit", () => {
      reject(new Error(`moto_server has ended:\n${log}`));
    });
  });
  await fetch(`${url}/${BUCKET}`, { method: "PUT" });
  return { process: child, url };
}
