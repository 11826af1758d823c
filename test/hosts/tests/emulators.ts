import { expect } from "vitest";

import type { HostProject } from "../project";
import type { HostTest } from "./host-test";
import { answerOf, freePort } from "./server";

/** The emulators tell a function that it has 128 MB, in a process that holds more from the start. */
const configuration = (ports: { http: number; lambda: number }) => `
service: pi
provider: { name: aws, runtime: nodejs20.x, memorySize: 128, region: eu-west-1 }
plugins: [serverless-offline]
custom:
  serverless-offline:
    { httpPort: ${ports.http}, lambdaPort: ${ports.lambda}, noPrependStageInUrl: true, host: 127.0.0.1 }
functions:
  pi: { handler: handler.pi, events: [{ httpApi: "GET /pi" }] }
`;

const handler = `
const { generateString, native } = require("compute-pi-rs");

exports.pi = async () => {
  const { length } = await generateString(1_000_000);
  return { statusCode: 200, body: JSON.stringify({ length, backend: native().backend, memory: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE }) };
};
`;

const right = { length: 1_000_000, backend: "native", memory: "128" };

const environment = {
  SLS_TELEMETRY_DISABLED: "1",
  SLS_NOTIFICATIONS_MODE: "off",
  SLS_INTERACTIVE_SETUP_ENABLE: "0",
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
  AWS_REGION: "eu-west-1",
};

async function setUp(project: HostProject): Promise<number> {
  const [http, lambda] = [await freePort(), await freePort()];
  project.write({ "serverless.yml": configuration({ http, lambda }), "handler.js": handler });
  return http;
}

export const serverlessOffline: HostTest = async (project) => {
  const port = await setUp(project);
  const command = [project.script("osls", "bin", "serverless.js"), "offline", "start"];
  const env = { ...project.env, ...environment };
  expect(await answerOf(`http://127.0.0.1:${port}/pi`, command, { cwd: project.directory, env })).toEqual(right);
};

export const oslsInvokeLocal: HostTest = async (project) => {
  await setUp(project);
  const command = [project.script("osls", "bin", "serverless.js"), "invoke", "local", "--function", "pi"];
  const { stdout } = await project.node(command, environment);
  const { body } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as { body: string };
  expect(JSON.parse(body)).toEqual(right);
};
