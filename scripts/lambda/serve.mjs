// @ts-check
// Runs a function on this machine as Lambda does, behind Lambda's Invoke API and a function URL on loopback.
//
//   npm run lambda:serve -- PATH [--handler app.handler] [--runtime nodejs24.x] [--architecture arm64]
//                           [--memory 128] [--timeout 3] [--limits] [--port 9000]
//
// PATH is a zip file or a folder. Then:
//
//   curl -d '{"digits":100}' http://127.0.0.1:9000/2015-03-31/functions/function/invocations
//   curl 'http://127.0.0.1:9000/?digits=100'
import { createServer } from "node:http";
import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { httpEvent, HttpResponseStream } from "./function-url.mjs";
import { LambdaFunction } from "./function.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    handler: { type: "string", default: "app.handler" },
    runtime: { type: "string", default: "nodejs24.x" },
    architecture: { type: "string" },
    memory: { type: "string", default: "128" },
    timeout: { type: "string", default: "3" },
    limits: { type: "boolean", default: false },
    port: { type: "string", default: "9000" },
  },
});
const [path] = positionals;
if (path === undefined) throw new Error("name the zip file or the folder of the function");
const { architecture } = values;
if (architecture !== undefined && architecture !== "x86_64" && architecture !== "arm64") {
  throw new Error(`the architecture is x86_64 or arm64, not ${architecture}`);
}

const served = await LambdaFunction.deploy({
  ...(statSync(path).isDirectory() ? { folder: path } : { zip: path }),
  ...(architecture && { architecture }),
  handler: values.handler,
  runtime: values.runtime,
  memory: Number(values.memory),
  timeout: Number(values.timeout),
  limits: values.limits,
});

/** One environment serves one event at a time. @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * @param {unknown} event
 * @param {HttpResponseStream} [stream] that gets the response while it comes
 * @returns {Promise<import("./function.mjs").Result>}
 */
async function invoke(event, stream) {
  const turn = queue.then(() => served.invoke(event, { onChunk: (...part) => stream?.write(...part) }));
  queue = turn.catch(() => {});
  const result = await turn;
  const { requestId, log, initDuration, duration, billedDuration, maxMemory } = result;
  const init = initDuration === undefined ? "" : `Init Duration: ${initDuration.toFixed(2)} ms\t`;
  process.stdout.write(log);
  console.log(
    `REPORT RequestId: ${requestId}\t${init}Duration: ${duration.toFixed(2)} ms\t` +
      `Billed Duration: ${billedDuration} ms\tMemory Size: ${values.memory} MB\tMax Memory Used: ${maxMemory ?? "?"} MB`,
  );
  return result;
}

const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  if (/^\/2015-03-31\/functions\/[^/]+\/invocations$/.test(request.url ?? "")) {
    const result = await invoke(JSON.parse(body || "{}"));
    const failure = result.error === undefined ? {} : { "X-Amz-Function-Error": "Unhandled" };
    response.writeHead(200, { "Content-Type": "application/json", ...failure }).end(result.body);
    return;
  }
  const stream = new HttpResponseStream(response);
  stream.end(await invoke(httpEvent(request, body), stream));
});
server.listen(Number(values.port), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${values.port}`);
});
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, async () => {
    server.close();
    await served.remove();
    process.exit();
  });
}
