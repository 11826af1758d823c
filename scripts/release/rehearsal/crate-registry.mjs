// @ts-check
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

/**
 * Stands in for crates.io: a sparse index, and what `cargo publish` sends to, on loopback. It checks as little as it must.
 */
export class CrateRegistry {
  /** @type {import("node:http").Server} */
  #server;
  /** Lines of the index, by crate. @type {Map<string, string[]>} */
  #index = new Map();

  /** The crates that were published, as `NAME VERSION`. @type {string[]} */
  published = [];

  /** The variables that make cargo use it. @type {Record<string, string>} */
  env = {};

  constructor() {
    this.#server = createServer((incoming, outgoing) => void this.#answer(incoming, outgoing));
  }

  static async open() {
    const registry = new CrateRegistry();
    registry.#server.listen(0, "127.0.0.1");
    await once(registry.#server, "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (registry.#server.address());
    registry.env = {
      CARGO_REGISTRY_DEFAULT: "loopback",
      CARGO_REGISTRIES_LOOPBACK_INDEX: `sparse+http://127.0.0.1:${port}/index/`,
      CARGO_REGISTRIES_LOOPBACK_TOKEN: "loopback",
    };
    return registry;
  }

  /** Whatever was published has another checksum. @param {string} checksum */
  replaceBy(checksum) {
    for (const [name, lines] of this.#index) {
      this.#index.set(
        name,
        lines.map((line) => JSON.stringify({ ...JSON.parse(line), cksum: checksum })),
      );
    }
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
  async #answer(incoming, outgoing) {
    const { method, url = "", headers } = incoming;
    const base = `http://${headers.host}`;
    if (method === "PUT" && url === "/api/v1/crates/new") {
      const chunks = [];
      for await (const chunk of incoming) chunks.push(chunk);
      this.#add(Buffer.concat(chunks));
      return outgoing.end(JSON.stringify({ warnings: { invalid_categories: [], invalid_badges: [], other: [] } }));
    }
    if (url === "/index/config.json") return outgoing.end(JSON.stringify({ dl: `${base}/dl`, api: base }));
    const name = /^\/index\/\w+\/\w+\/([\w-]+)$/.exec(url)?.[1];
    const lines = this.#index.get(name ?? "");
    if (method === "GET" && lines !== undefined) return outgoing.end(lines.join("\n"));
    return outgoing.writeHead(404).end();
  }

  /** @param {Buffer} body two parts, each after its length: what the manifest says, and the crate */
  #add(body) {
    const length = body.readUInt32LE(0);
    /** @type {{ name: string, vers: string, features: object, deps: { name: string, version_req: string }[] }} */
    const { name, vers, features, deps } = JSON.parse(body.subarray(4, 4 + length).toString());
    const crate = body.subarray(8 + length, 8 + length + body.readUInt32LE(4 + length));
    const cksum = createHash("sha256").update(crate).digest("hex");
    const dependencies = deps.map(({ version_req: req, ...dependency }) => ({ ...dependency, req }));
    const line = JSON.stringify({ name, vers, deps: dependencies, cksum, features, yanked: false });
    this.#index.set(name, [...(this.#index.get(name) ?? []), line]);
    this.published.push(`${name} ${vers}`);
  }
}
