// Does what an event asks for, to see how a runtime treats a function.
import { createSocket } from "node:dgram";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { env } = process;

export const handler = async (event, context) => {
  if (event.exit !== undefined) process.exit(event.exit);
  if (event.answer !== undefined) return "x".repeat(event.answer);
  if (event.write) return { code: write(env.LAMBDA_TASK_ROOT), temporary: write(tmpdir()) };
  if (event.segment) return send(event.segment);
  return {
    handler: env._HANDLER,
    memory: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    memoryOfContext: context.memoryLimitInMB,
    runtime: env.AWS_EXECUTION_ENV,
    greeting: env.GREETING,
    trace: env._X_AMZN_TRACE_ID,
    requireOfEsm: process.features.require_module,
    version: process.version,
  };
};

export const streaming = awslambda.streamifyResponse(async (event, response) => {
  response.write("one");
  await new Promise((resolve) => setTimeout(resolve, 50));
  if (event.fail) throw new TypeError("half-way");
  response.write("two");
  response.end();
});

function write(folder) {
  try {
    writeFileSync(join(folder, "probe"), "");
    return "written";
  } catch (error) {
    return error.code;
  }
}

async function send(name) {
  const [, trace_id, parent_id] = /Root=([^;]+);Parent=([^;]+)/.exec(env._X_AMZN_TRACE_ID);
  const now = Date.now() / 1000;
  const times = { start_time: now, end_time: now };
  const segment = { name, type: "subsegment", id: "0123456789abcdef", trace_id, parent_id, ...times };
  const [address, port] = env.AWS_XRAY_DAEMON_ADDRESS.split(":");
  const socket = createSocket("udp4");
  const document = `{"format":"json","version":1}\n${JSON.stringify(segment)}`;
  await new Promise((resolve) => socket.send(document, Number(port), address, resolve));
  socket.close();
}
