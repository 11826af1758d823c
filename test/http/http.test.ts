import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cp, readFile, writeFile } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { FIRST_100 } from "../api/reference";
import { installation, type Installation } from "../installation";
import { generateString } from "../../src/index";

const example = join(import.meta.dirname, "../../examples/http");
const MANY = 6_000_000;

let installed: Installation;
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  installed = await installation();
  for (const file of ["package.json", "digits.mjs", "server.mjs", "lambda.mjs"]) {
    await cp(join(example, file), join(installed.folder, file));
  }
  server = spawn(process.execPath, ["server.mjs"], {
    cwd: installed.folder,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(server.stdout ?? server, "data")) as [Buffer];
  url = `http://localhost:${/localhost:(\d+)/.exec(line.toString())?.[1] ?? ""}/?digits=`;
});

afterAll(async () => {
  server.kill("SIGKILL");
  await installed.remove();
});

async function request(digits: string | number): Promise<IncomingMessage> {
  const [response] = (await once(get(`${url}${digits}`), "response")) as [IncomingMessage];
  return response;
}

/** The clock ticks, hundredths of a second, that the server has computed. */
async function ticks(): Promise<number> {
  const fields = (await readFile(`/proc/${server.pid ?? 0}/stat`, "utf8")).replace(/.*\) /, "").split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

describe("the HTTP endpoint", () => {
  it("streams digits", async () => {
    const response = await request(100);
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({ "content-type": "text/plain; charset=utf-8", "content-length": "100" });
    expect(await text(response)).toBe(FIRST_100);
    expect(await text(await request(0))).toBe("");
  });

  it.each(["", "five", "-1", "1.5", "10000001", "1e3"])("refuses with 400: %j", async (digits) => {
    const response = await request(digits);
    expect(response.statusCode).toBe(400);
    expect(await text(response)).toBe("digits must be a whole number from 0 to 10000000\n");
  });

  it.skipIf(process.platform !== "linux")("waits for a slow client, and then gives it all", async () => {
    const response = await request(MANY);
    response.pause();
    await sleep(1500);
    const before = await ticks();
    await sleep(500);
    // It computes only as far as somebody reads.
    expect((await ticks()) - before).toBeLessThan(10);
    const sha256 = (digits: string) => createHash("sha256").update(digits).digest("hex");
    expect(sha256(await text(response))).toBe(sha256(await generateString(MANY)));
  });

  it.skipIf(process.platform !== "linux")("stops computing when the client leaves", async () => {
    const idle = await ticks();
    const leaving = get(`${url}10000000`);
    leaving.on("error", () => undefined);
    while ((await ticks()) - idle < 10) await sleep(20);
    leaving.destroy();
    await sleep(500);
    const before = await ticks();
    await sleep(500);
    expect((await ticks()) - before).toBeLessThan(10);
    expect(await text(await request(10))).toBe(FIRST_100.slice(0, 10));
  });
});

describe("the Lambda handler", () => {
  it("streams the same, with a status", async () => {
    const program = `
      import { PassThrough } from "node:stream";
      import { text } from "node:stream/consumers";
      globalThis.awslambda = {
        streamifyResponse: (handler) => handler,
        HttpResponseStream: { from: (stream, prelude) => (console.log(JSON.stringify(prelude)), stream) },
      };
      const { handler } = await import("./lambda.mjs");
      for (const event of [{ queryStringParameters: { digits: "20" } }, {}]) {
        const response = new PassThrough();
        const [body] = await Promise.all([text(response), handler(event, response)]);
        console.log(body.trim());
      }`;
    await writeFile(join(installed.folder, "invoke.mjs"), program);
    const child = spawn(process.execPath, ["invoke.mjs"], { cwd: installed.folder });
    const [first, digits, second, refusal] = (await text(child.stdout)).split("\n");
    expect(JSON.parse(first ?? "")).toMatchObject({ statusCode: 200, headers: { "content-length": "20" } });
    expect(digits).toBe(FIRST_100.slice(0, 20));
    expect(JSON.parse(second ?? "")).toMatchObject({ statusCode: 400 });
    expect(refusal).toMatch(/^digits must be/);
  });
});
