// @ts-check
import { once } from "node:events";
import { createServer, request } from "node:http";

/**
 * A way to a registry that can break: what a release meets when the network or the registry fails in the middle of it.
 */
export class Gate {
  /** @type {import("node:http").Server} */
  #server;
  /** @type {(method: string, path: string) => "pass" | "refuse" | "lose"} */
  #rule = () => "pass";

  /** Its address. */
  url = "";

  /** The packages that were published through it, in their order. @type {string[]} */
  published = [];

  /** @param {string} registry its address */
  constructor(registry) {
    this.#server = createServer((incoming, outgoing) => {
      const { method = "GET", url: path = "/", headers } = incoming;
      const verdict = this.#rule(method, path);
      if (verdict === "refuse") {
        incoming.resume();
        outgoing.destroy();
        return;
      }
      const forwarded = request(new URL(path, registry), { method, headers }, (answer) => {
        if (method === "PUT" && answer.statusCode === 201) this.published.push(decodeURIComponent(path.slice(1)));
        if (verdict === "lose") {
          answer.resume().on("end", () => outgoing.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      forwarded.on("error", () => outgoing.destroy());
      incoming.pipe(forwarded);
    });
  }

  /**
   * @param {string} registry
   * @returns {Promise<Gate>}
   */
  static async open(registry) {
    const gate = new Gate(registry);
    gate.#server.listen(0, "127.0.0.1");
    await once(gate.#server, "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (gate.#server.address());
    gate.url = `http://127.0.0.1:${port}/`;
    return gate;
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
}
