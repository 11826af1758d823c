// @ts-check
// Runs a function on this machine as Lambda does, behind Lambda's Invoke API and a function URL on loopback.
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { httpEvent, HttpResponseStream } from "./function-url.mjs";
import { LambdaFunction } from "./function.mjs";

const usage = `usage: npm run lambda:serve -- PATH [options]

PATH is the zip file of a function, or its folder, dependencies installed.
  --handler app.handler       the file and its export
  --runtime nodejs24.x        nodejs20.x to nodejs26.x, or provided.al2023 for a program named bootstrap
  --architecture ARCHITECTURE x86_64 or arm64: that of this machine unless given; arm64 runs emulated elsewhere
  --memory 128                megabytes
  --timeout 3                 seconds
  --limits                    no more memory and CPU than Lambda gives; needs root
  --port 9000

Then: curl -d '{"digits":100}' http://127.0.0.1:9000/2015-03-31/functions/function/invocations
      curl 'http://127.0.0.1:9000/?digits=100'`;

const { path, settings, port } = read();

/** One environment serves one event at a time. @type {Promise<unknown>} */
let queue = Promise.resolve();

const server = createServer((request, response) => {
  answer(request, response).catch((/** @type {Error} */ error) => {
    console.error(error.message);
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { "Content-Type": "text/plain" }).end(`${error.message}\n`);
  });
});
server.once("error", (/** @type {NodeJS.ErrnoException} */ error) =>
  refuse(error.code === "EADDRINUSE" ? `port ${port} is taken: choose another by --port` : error.message, 1),
);
server.listen(port, "127.0.0.1");
await once(server, "listening");
console.log(`preparing ${settings.runtime} on ${settings.architecture} for ${path}`);
const code = statSync(path).isDirectory() ? { folder: path } : { zip: path };
const deployed = LambdaFunction.deploy({ ...code, ...settings });
await deployed.catch((/** @type {Error} */ error) => refuse(error.message, 1));
const { address, port: bound } = /** @type {import("node:net").AddressInfo} */ (server.address());
console.log(`listening on http://${address}:${bound}`);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, async () => {
    server.close();
    await (await deployed).remove();
    process.exit();
  });
}

/** The arguments of the command line. */
function read() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        handler: { type: "string", default: "app.handler" },
        runtime: { type: "string", default: "nodejs24.x" },
        architecture: { type: "string", default: process.arch === "arm64" ? "arm64" : "x86_64" },
        memory: { type: "string", default: "128" },
        timeout: { type: "string", default: "3" },
        limits: { type: "boolean", default: false },
        port: { type: "string", default: "9000" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit();
    }
    const [path, ...rest] = positionals;
    if (path === undefined || rest.length > 0) throw new Error("name the zip file or the folder of the function, one");
    if (!existsSync(path)) throw new Error(`there is no ${path}`);
    if (
      statSync(path).isDirectory() &&
      existsSync(join(path, "package.json")) &&
      !existsSync(join(path, "node_modules"))
    )
      console.warn(`${path} has no node_modules: run npm install there first, if the function needs packages`);
    const { handler, runtime, limits } = values;
    const architecture = values.architecture === "arm64" ? "arm64" : "x86_64";
    if (values.architecture !== architecture)
      throw new Error(`--architecture is x86_64 or arm64, not ${values.architecture}`);
    if (!/^(nodejs(20|22|24|26)\.x|provided\.\w+)$/.test(runtime))
      throw new Error(`--runtime is nodejs20.x, nodejs22.x, nodejs24.x, nodejs26.x or provided.al2023, not ${runtime}`);
    const [memory, timeout, port] = [Number(values.memory), Number(values.timeout), Number(values.port)];
    if (!Number.isInteger(memory) || memory < 128 || memory > 10_240)
      throw new Error(`--memory is 128 to 10240, in megabytes, not ${values.memory}`);
    if (!(timeout > 0 && timeout <= 900)) throw new Error(`--timeout is up to 900, in seconds, not ${values.timeout}`);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`--port is 0 to 65535, not ${values.port}`);
    /** @type {import("./function.mjs").Settings} */
    const settings = { handler, runtime, architecture, memory, timeout, limits };
    return { path, port, settings };
  } catch (error) {
    return refuse(`${/** @type {Error} */ (error).message}\n\n${usage}`, 2);
  }
}

/** @param {string} why @param {number} code @returns {never} */
function refuse(why, code) {
  console.error(why);
  process.exit(code);
}

/**
 * @param {unknown} event
 * @param {HttpResponseStream} [stream] that gets the response while it comes
 * @returns {Promise<import("./function.mjs").Result>}
 */
async function invoke(event, stream) {
  const served = await deployed;
  const turn = queue.then(() => served.invoke(event, { onChunk: (...part) => stream?.write(...part) }));
  queue = turn.catch(() => {});
  const result = await turn;
  const { requestId, log, initDuration, duration, billedDuration, maxMemory } = result;
  const init = initDuration === undefined ? "" : `Init Duration: ${initDuration.toFixed(2)} ms\t`;
  process.stdout.write(log);
  console.log(
    `REPORT RequestId: ${requestId}\t${init}Duration: ${duration.toFixed(2)} ms\t` +
      `Billed Duration: ${billedDuration} ms\tMemory Size: ${settings.memory} MB\tMax Memory Used: ${maxMemory ?? "?"} MB`,
  );
  return result;
}

/** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
async function answer(request, response) {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  if (!/^\/2015-03-31\/functions\/[^/]+\/invocations$/.test(request.url ?? "")) {
    const stream = new HttpResponseStream(response);
    stream.end(await invoke(httpEvent(request, body), stream));
    return;
  }
  /** @type {unknown} */
  let event;
  try {
    event = JSON.parse(body || "{}");
  } catch {
    response.writeHead(400, { "Content-Type": "text/plain" }).end("the event is not JSON\n");
    return;
  }
  const result = await invoke(event);
  const failure = result.error === undefined ? {} : { "X-Amz-Function-Error": "Unhandled" };
  response.writeHead(200, { "Content-Type": "application/json", ...failure }).end(result.body);
}
