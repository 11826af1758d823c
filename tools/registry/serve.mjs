// @ts-check
// Started by server.mjs in a process of its own: verdaccio keeps global state, and a test must be able to kill it.
import { createRequire } from "node:module";
import { join } from "node:path";

const [home, directory, port] = process.argv.slice(2);
if (home === undefined || directory === undefined || port === undefined) {
  throw new Error("usage: serve.mjs HOME DIRECTORY PORT");
}

/** @type {{ runServer(config: object): Promise<import("node:http").Server> }} */
const { runServer } = createRequire(join(home, "package.json"))("verdaccio");
const server = await runServer({
  storage: join(directory, "storage"),
  self_path: join(directory, "config.yaml"),
  auth: { htpasswd: { file: join(directory, "htpasswd"), max_users: -1 } },
  // No uplink: what was not published here does not exist.
  uplinks: {},
  packages: { "**": { access: "$all", publish: "$all", unpublish: "$all" } },
  max_body_size: "100mb",
  web: { enable: false },
  log: { type: "stdout", format: "json", level: "fatal" },
});
server.listen(Number(port), "127.0.0.1", () => process.send?.(server.address()));
// The parent is gone.
process.on("disconnect", () => process.exit());
