// @ts-check
/** `npm run fleet`: the demonstration of examples/fleet-bullmq with this checkout's package. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { prepare } from "../lib/toolchain.mjs";

prepare();
const { installExample } = await import("./install.mjs");
const { folder, remove } = await installExample("fleet-bullmq");
try {
  const args = ["demonstration.mjs", ...process.argv.slice(2)];
  const demonstration = spawn(process.execPath, args, { cwd: folder, stdio: "inherit" });
  // It ends what it started when it is told to end.
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => demonstration.kill(signal));
  }
  const [code] = await once(demonstration, "exit");
  process.exitCode = code ?? 1;
} finally {
  await remove();
}
