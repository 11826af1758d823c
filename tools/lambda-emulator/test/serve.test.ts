import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { describe, expect, it } from "vitest";

import { root } from "../../../scripts/lib/paths.mjs";

function serve(...args: string[]) {
  return spawn(process.execPath, [join(root, "tools", "lambda-emulator", "serve.mjs"), ...args], { cwd: root });
}

/** The first address that it says it listens on, and all that it said before. */
async function listening(child: ReturnType<typeof serve>): Promise<{ url: string; said: string }> {
  let said = "";
  for await (const part of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    said += String(part);
    const [, url] = /listening on (\S+)/.exec(said) ?? [];
    if (url !== undefined) return { url, said };
  }
  throw new Error(`it does not listen: ${said}`);
}

describe("lambda:serve", () => {
  it("says what it prepares, and serves a folder as Lambda does", async () => {
    const child = serve(join(root, "examples", "lambda"), "--handler", "plain.handler", "--port", "0");
    try {
      const { url, said } = await listening(child);
      expect(said).toMatch(/^preparing nodejs24\.x on (x86_64|arm64) for /);
      const invocations = `${url}/2015-03-31/functions/function/invocations`;
      const answer = await fetch(invocations, { method: "POST", body: '{"digits":20}' });
      expect(await answer.json()).toEqual({ digits: 20, pi: "31415926535897932384" });
      const refused = await fetch(invocations, { method: "POST", body: "{" });
      expect([refused.status, await refused.text()]).toEqual([400, "the event is not JSON\n"]);

      const second = serve(join(root, "examples", "lambda"), "--port", new URL(url).port);
      expect(await text(second.stderr)).toMatch(/^port \d+ is taken: choose another by --port\n$/m);
    } finally {
      child.kill();
      await once(child, "exit");
    }
  });

  it.each([
    [["--help"], 0, /^usage: npm run lambda:serve -- PATH/],
    [[], 2, /^name the zip file/],
    [["/no/such/folder"], 2, /^there is no \/no\/such\/folder\n/],
    [[root, "--runtme", "nodejs24.x"], 2, /^Unknown option '--runtme'/],
    [[root, "--runtime", "nodejs8.x"], 2, /^--runtime is .* not nodejs8\.x/],
    [[root, "--architecture", "x64"], 2, /^--architecture is x86_64 or arm64, not x64/],
    [[root, "--memory", "5"], 2, /^--memory is 128 to 10240/],
  ])("tells of %j without a stack", async (args, code, message) => {
    const child = serve(...args);
    const ended = once(child, "exit");
    const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(out + error).toMatch(message);
    expect(out + error).not.toMatch(/^ {4}at /m);
    expect((await ended)[0]).toBe(code);
  });
});
