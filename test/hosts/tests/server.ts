import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** How long a server may take to start, in milliseconds. */
const PATIENCE = 240_000;

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === "object" && address !== null) resolve(address.port);
        else reject(new Error("there is no port"));
      });
    });
  });
}

/** The answer, as JSON, of a server that runs on this Node.js; it is ended then. */
export async function answerOf(
  url: string,
  command: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<unknown> {
  const server = spawn(process.execPath, command, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const exit = once(server, "exit");
  let output = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (output += String(text)));
  try {
    for (const end = Date.now() + PATIENCE; Date.now() < end && server.exitCode === null;) {
      const response = await fetch(url).catch(() => undefined);
      if (response?.ok) return await response.json();
      if (response !== undefined) throw new Error(`${response.status}: ${await response.text()}\n${output}`);
      // It does not listen yet.
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`no answer of ${url}:\n${output}`);
  } finally {
    server.kill("SIGKILL");
    await exit;
  }
}
