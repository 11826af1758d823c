import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** In a process of its own, so that a crash is a failure of a test. */
const node = (args, env) =>
  promisify(execFile)(process.execPath, args, { cwd: folder, env: { ...process.env, ...env } });

test("workers that end, and that are ended at any moment, leave the process alive", async () => {
  const { stdout, stderr } = await node(["programs/workers.cjs"]);
  assert.deepEqual({ stdout, stderr }, { stdout: "16 ended, 16 terminated\n", stderr: "" });
});

test("a binary that cannot be loaded is told with its remedy, by the call and not by the import", async () => {
  const script = `require("../dist").digest(new Uint8Array(1)).catch((error) => console.log(error.message))`;
  const { stdout } = await node(["-e", script], { {{variable}}_BINARY: "/nowhere.node" });
  assert.match(stdout, /: the binary \/nowhere\.node \S+ cannot be loaded: .*\n- Unset {{variable}}_BINARY/);
});
