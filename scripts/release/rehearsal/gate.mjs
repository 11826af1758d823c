// @ts-check
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, request } from "node:http";

/**
 * A way to a registry that can break: what a release meets when the network or the registry fails in the middle of it. It
 * also stands in for the part of npm that the registry behind it lacks: packages that are staged until a person approves.
 */
export class Gate {
  /** @type {import("node:http").Server} */
  #server;
  /** @type {string} */
  #registry;
  /** @type {(method: string, path: string) => "pass" | "refuse" | "lose"} */
  #rule = () => "pass";
  /** @type {Map<string, { name: string, path: string, headers: import("node:http").IncomingHttpHeaders, body: Buffer }>} */
  #staged = new Map();

  /** Its address. */
  url = "";

  /** The packages that were published through it, in their order. @type {string[]} */
  published = [];

  /**
   * @param {string} registry its address
   * @param {{ uplink?: string, own?: (name: string) => boolean }} [options] the registry that is asked for packages that are
   *   not this project's
   */
  constructor(registry, { uplink, own = () => true } = {}) {
    this.#registry = registry;
    this.#server = createServer((incoming, outgoing) => {
      const { method = "GET", url: path = "/" } = incoming;
      if (this.#rule(method, path) === "refuse") {
        incoming.resume();
        outgoing.destroy();
      } else if (path.startsWith("/-/stage/")) {
        void this.#stage(incoming, outgoing);
      } else if (uplink !== undefined && method === "GET" && !path.startsWith("/-/") && !own(nameIn(path))) {
        outgoing.writeHead(307, { location: new URL(path.slice(1), uplink).href }).end();
      } else {
        this.#forward(incoming, outgoing);
      }
    });
  }

  /**
   * @param {string} registry
   * @param {ConstructorParameters<typeof Gate>[1]} [options]
   * @returns {Promise<Gate>}
   */
  static async open(registry, options) {
    const gate = new Gate(registry, options);
    gate.#server.listen(0, "127.0.0.1");
    await once(gate.#server, "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (gate.#server.address());
    gate.url = `http://127.0.0.1:${port}/`;
    return gate;
  }

  /** The names of the packages that wait for a person. */
  get staged() {
    return [...this.#staged.values()].map(({ name }) => name);
  }

  /** Does what a maintainer does with `npm stage approve` and a second factor, for all that wait. */
  async approve() {
    for (const [id, { name, path, headers, body }] of this.#staged) {
      const options = { method: "PUT", headers: { ...headers, "content-length": body.length } };
      const sent = request(new URL(path, this.#registry), options);
      sent.end(body);
      const [answer] = /** @type {[import("node:http").IncomingMessage]} */ (await once(sent, "response"));
      answer.resume();
      if (answer.statusCode !== 201) throw new Error(`${name}: ${answer.statusCode} ${answer.statusMessage}`);
      this.published.push(name);
      this.#staged.delete(id);
    }
  }

  /** Everything passes again. */
  repair() {
    this.#rule = () => "pass";
  }

  /**
   * The registry is down once so many packages were published.
   *
   * @param {number} count
   */
  breakAfter(count) {
    const end = this.published.length + count;
    this.#rule = () => (this.published.length < end ? "pass" : "refuse");
  }

  /** Every publication arrives, and its answer never comes back. */
  loseAnswers() {
    this.#rule = (method) => (method === "PUT" ? "lose" : "pass");
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  /**
   * @param {import("node:http").IncomingMessage} incoming
   * @param {import("node:http").ServerResponse} outgoing
   */
  #forward(incoming, outgoing) {
    const { method = "GET", url: path = "/", headers } = incoming;
    const verdict = this.#rule(method, path);
    const forwarded = request(new URL(path, this.#registry), { method, headers }, (answer) => {
      if (method === "PUT" && answer.statusCode === 201) this.published.push(nameIn(path));
      if (verdict === "lose") {
        answer.resume().on("end", () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on("error", () => outgoing.destroy());
    incoming.pipe(forwarded);
  }

  /**
   * `POST /-/stage/package/NAME`, as `npm stage publish` sends it: what a publication would have sent is kept.
   *
   * @param {import("node:http").IncomingMessage} incoming
   * @param {import("node:http").ServerResponse} outgoing
   */
  async #stage(incoming, outgoing) {
    const { method, url = "", headers } = incoming;
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const path = url.replace("/-/stage/package", "");
    const name = nameIn(path);
    if (method !== "POST" || path === url) {
      outgoing.writeHead(404).end("{}");
    } else if (this.staged.includes(name)) {
      outgoing.writeHead(409).end(JSON.stringify({ error: `this version of ${name} is staged already` }));
    } else {
      const stageId = randomUUID();
      this.#staged.set(stageId, { name, path, headers, body: Buffer.concat(chunks) });
      outgoing.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify({ stageId }));
    }
  }
}

/** @param {string} path of a request */
function nameIn(path) {
  const [scope = "", rest] = decodeURIComponent(path.slice(1).replace(/\?.*/, "")).split("/");
  return scope.startsWith("@") ? `${scope}/${rest}` : scope;
}
