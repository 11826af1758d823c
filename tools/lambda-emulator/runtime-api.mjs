// @ts-check
import { createServer } from "node:http";

/**
 * The largest buffered response, in bytes: 6 MB and some room for Lambda's own envelope.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const largestResponse = 6_291_556;

/**
 * @typedef {object} FunctionError what a caller gets when a function fails
 * @property {string} errorType
 * @property {string} errorMessage
 * @property {string[]} [trace]
 */

/**
 * @typedef {object} Invocation
 * @property {string} id
 * @property {string} event as JSON
 * @property {number} deadline milliseconds since the epoch
 * @property {string} trace the tracing header
 */

/**
 * @typedef {object} Answer
 * @property {Buffer} body
 * @property {{ at: number, bytes: number }[]} chunks the parts of the body as they came; `at` in milliseconds since the event was handed out
 * @property {string} contentType
 * @property {boolean} streamed
 * @property {FunctionError} [error]
 */

/**
 * @typedef {object} Handed an invocation in the hands of the runtime
 * @property {Invocation} invocation
 * @property {number} start
 * @property {(chunk: Buffer, contentType: string) => void} onChunk
 * @property {(answer: Answer) => void} resolve
 */

/**
 * The HTTP service that a runtime asks for events and posts responses to, for one runtime process.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  #server = createServer((request, response) => {
    this.#serve(request, response).catch((/** @type {Error} */ error) => {
      // The runtime was killed in the middle of a request.
      response.destroy(error);
    });
  });

  /** @type {import("node:http").ServerResponse | undefined} */
  #waiting;
  /** @type {Handed | undefined} */
  #next;
  /** @type {Handed | undefined} */
  #current;
  /** @type {(error: FunctionError | undefined) => void} */
  #initialize = () => {};

  /** Settles when the runtime asks for its first event, or reports why it cannot. @type {Promise<FunctionError | undefined>} */
  initialized = new Promise((resolve) => {
    this.#initialize = resolve;
  });

  /** The value of AWS_LAMBDA_RUNTIME_API. */
  address = "";

  /** @returns {Promise<RuntimeApi>} */
  static async listen() {
    const api = new RuntimeApi();
    // A runtime waits for its next event for as long as there is none.
    Object.assign(api.#server, { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0, timeout: 0 });
    await new Promise((resolve) => {
      api.#server.listen(0, "127.0.0.1", () => resolve(undefined));
    });
    const address = api.#server.address();
    if (address === null || typeof address === "string") throw new Error("the Runtime API has no port");
    api.address = `127.0.0.1:${address.port}`;
    return api;
  }

  /**
   * Hands an event to the runtime, now or when it asks for one.
   *
   * @param {Invocation} invocation
   * @param {(chunk: Buffer, contentType: string) => void} [onChunk]
   * @returns {Promise<Answer>}
   */
  invoke(invocation, onChunk = () => {}) {
    return new Promise((resolve) => {
      this.#next = { invocation, start: 0, onChunk, resolve };
      this.#hand();
    });
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #hand() {
    if (this.#waiting === undefined || this.#next === undefined) return;
    const handed = this.#next;
    const { id, event, deadline, trace } = handed.invocation;
    this.#waiting.writeHead(200, {
      "Content-Type": "application/json",
      "Lambda-Runtime-Aws-Request-Id": id,
      "Lambda-Runtime-Deadline-Ms": String(deadline),
      "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:123456789012:function:function",
      "Lambda-Runtime-Trace-Id": trace,
    });
    handed.start = performance.now();
    this.#waiting.end(event);
    this.#current = handed;
    this.#waiting = undefined;
    this.#next = undefined;
  }

  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   */
  async #serve(request, response) {
    const path = /^\/2018-06-01\/runtime\/(.+)$/.exec(request.url ?? "")?.[1];
    if (path === "invocation/next") {
      this.#initialize(undefined);
      this.#waiting = response;
      this.#hand();
      return;
    }
    if (path === "init/error") {
      this.#initialize(parseError((await read(request)).body));
      reply(response, 202, { status: "OK" });
      return;
    }
    const [, id, kind] = /^invocation\/([^/]+)\/(response|error)$/.exec(path ?? "") ?? [];
    const current = this.#current;
    if (current === undefined || id !== current.invocation.id) {
      reply(response, 400, { errorType: "InvalidRequestID", errorMessage: "Invalid request ID" });
      return;
    }
    await this.#answer(current, kind === "error", request, response);
  }

  /**
   * @param {Handed} current
   * @param {boolean} failed
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   */
  async #answer(current, failed, request, response) {
    const streamed = request.headers["lambda-runtime-function-response-mode"] === "streaming";
    const { body, chunks } = await read(request, current);
    /** @type {Answer} */
    const answer = { body, chunks, streamed, contentType: request.headers["content-type"] ?? "" };
    const error = failed ? parseError(body) : trailingError(request.trailers);
    if (error !== undefined) answer.error = error;
    if (!failed && !streamed && body.length > largestResponse) {
      const errorMessage = `Response payload size exceeded maximum allowed payload size (${largestResponse} bytes).`;
      answer.error = { errorType: "Function.ResponseSizeTooLarge", errorMessage };
      answer.body = Buffer.from(JSON.stringify(answer.error));
      reply(response, 413, { errorType: "RequestEntityTooLarge", errorMessage });
    } else {
      reply(response, 202, { status: "OK" });
    }
    current.resolve(answer);
  }
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {Handed} [handed]
 */
async function read(request, handed) {
  /** @type {Buffer[]} */
  const parts = [];
  const chunks = [];
  for await (const chunk of request) {
    parts.push(chunk);
    if (handed === undefined) continue;
    chunks.push({ at: performance.now() - handed.start, bytes: chunk.length });
    handed.onChunk(chunk, request.headers["content-type"] ?? "");
  }
  return { body: Buffer.concat(parts), chunks };
}

/**
 * @param {import("node:http").ServerResponse} response
 * @param {number} status
 * @param {object} body
 */
function reply(response, status, body) {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

/**
 * A stream that fails after it has begun can say so only behind its last part.
 *
 * @param {NodeJS.Dict<string>} trailers
 * @returns {FunctionError | undefined}
 */
function trailingError(trailers) {
  const type = trailers["lambda-runtime-function-error-type"];
  if (type === undefined) return undefined;
  const body = Buffer.from(trailers["lambda-runtime-function-error-body"] ?? "", "base64");
  return { ...parseError(body), errorType: type };
}

/**
 * @param {Buffer} body
 * @returns {FunctionError}
 */
function parseError(body) {
  const text = body.toString();
  try {
    return JSON.parse(text);
  } catch {
    return { errorType: "Runtime.Unknown", errorMessage: text };
  }
}
