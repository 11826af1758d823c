// @ts-check

/** The content type by which a stream says that it begins with status and headers. */
const integrationResponse = "application/vnd.awslambda.http-integration-response";

/** The separator between those and the body. */
const delimiter = Buffer.alloc(8);

/**
 * @typedef {object} HttpResponse
 * @property {number} statusCode
 * @property {Record<string, string>} headers
 * @property {Buffer} body
 */

/**
 * The answer of a function URL, in its streaming mode, for a result.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 * @param {Pick<import("./function.mjs").Result, "body" | "contentType" | "error">} result
 * @returns {HttpResponse}
 */
export function httpResponse({ body, contentType, error }) {
  const failed = { statusCode: 502, headers: {}, body };
  return (error === undefined ? undefined : failed) ?? splitHead(body, contentType) ?? failed;
}

/** Passes the parts of a streamed response on to an HTTP client while they come. */
export class HttpResponseStream {
  #response;
  #head = Buffer.alloc(0);

  /** @param {import("node:http").ServerResponse} response */
  constructor(response) {
    this.#response = response;
  }

  /**
   * @param {Buffer} chunk
   * @param {string} contentType of the whole
   */
  write(chunk, contentType) {
    if (this.#response.headersSent) {
      this.#response.write(chunk);
      return;
    }
    this.#head = Buffer.concat([this.#head, chunk]);
    const begun = splitHead(this.#head, contentType);
    if (begun === undefined) return;
    this.#response.writeHead(begun.statusCode, begun.headers);
    this.#response.write(begun.body);
  }

  /** @param {import("./function.mjs").Result} result */
  end({ error, body }) {
    if (!this.#response.headersSent) this.#response.writeHead(502).end(body);
    else if (error === undefined) this.#response.end();
    // An HTTP client learns of a failure after the head only by a connection that breaks.
    else this.#response.destroy();
  }
}

/**
 * @param {Buffer} body the whole response or its beginning
 * @param {string} contentType
 * @returns {HttpResponse | undefined} nothing while the head is not complete
 */
function splitHead(body, contentType) {
  if (contentType !== integrationResponse) return { statusCode: 200, headers: { "content-type": contentType }, body };
  const end = body.indexOf(delimiter);
  if (end < 0) return undefined;
  /** @type {{ statusCode?: number, headers?: Record<string, string> }} */
  const { statusCode = 200, headers = {} } = JSON.parse(body.subarray(0, end).toString());
  return { statusCode, headers, body: body.subarray(end + delimiter.length) };
}

/**
 * The event that a function URL makes of a request, as far as functions commonly look at it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 * @param {import("node:http").IncomingMessage} request
 * @param {string} body
 */
export function httpEvent({ method = "GET", url = "/", headers }, body) {
  const { pathname, search, searchParams } = new URL(url, "http://127.0.0.1");
  return {
    version: "2.0",
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    ...(search && { queryStringParameters: Object.fromEntries(searchParams) }),
    requestContext: { http: { method, path: pathname, protocol: "HTTP/1.1" } },
    ...(body && { body }),
    isBase64Encoded: false,
  };
}
