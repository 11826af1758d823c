// @ts-check
// A registry on loopback without uplinks: what was not published here does not exist.
import { join } from "node:path";
import { runServer } from "verdaccio";

const directory = String(process.argv[2]);
const server = await runServer({
  storage: join(directory, "storage"),
  self_path: join(directory, "config.yaml"),
  auth: { htpasswd: { file: join(directory, "htpasswd"), max_users: -1 } },
  uplinks: {},
  packages: { "**": { access: "$all", publish: "$all" } },
  web: { enable: false },
  log: { type: "stdout", format: "json", level: "fatal" },
});
server.listen(0, "127.0.0.1", () => process.send?.(`http://127.0.0.1:${server.address().port}/`));
process.on("disconnect", () => process.exit());
