import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { run, runOrThrow } from "@compute-pi-rs/steps";
import { installTools, tools } from "@compute-pi-rs/pinned-tools";
import { bundlers, esbuild } from "./bundlers";
import { launch, visit } from "./chromium";
import { project, type Project } from "./project";
import { serve } from "./serve";
import { requireTool, tool } from "./tools";

let consumer: Project;
let browser: Browser;
/** The digits of the native binary in Node.js. */
let expected: unknown;

beforeAll(async () => {
  [consumer, browser] = await Promise.all([project(), launch(), installTools()]);
  const { stdout } = await runOrThrow(process.execPath, ["print.mjs", "compute-pi-rs"], {
    cwd: consumer.folder,
    env: { ...process.env, COMPUTE_PI_RS_BINARY: join(import.meta.dirname, "../../index.node") },
  });
  const given = JSON.parse(stdout) as { info: object };
  expected = { ...given, info: { ...given.info, backend: "wasm" } };
});

afterAll(async () => {
  await browser.close();
  consumer.remove();
});

/** Opens a page of a folder, whose program is to find no fault. */
async function expectFromPage(folder: string, page: string, headers: Record<string, string> = {}): Promise<void> {
  const server = await serve(folder, headers);
  try {
    const { result, complaints } = await visit(browser, server.url + page);
    expect(complaints).toEqual([]);
    expect(server.missed).toEqual([]);
    expect(result).toEqual(expected);
  } finally {
    server.close();
  }
}

test.each(Object.entries(bundlers))("Chromium runs what %s makes of it", async (_name, bundle) => {
  await expectFromPage(await bundle(consumer.folder), "index.html");
});

test("Chromium runs what Vite's server makes of it while one develops", async () => {
  const vite = (await import(join(tool("vite"), "dist", "node", "index.js"))) as ViteModule;
  const server = await vite.createServer({
    root: consumer.folder,
    logLevel: "warn",
    server: { port: 0, host: "127.0.0.1" },
  });
  try {
    await server.listen();
    const { result, complaints } = await visit(browser, server.resolvedUrls?.local[0] ?? "");
    expect([result, complaints]).toEqual([expected, []]);
  } finally {
    await server.close();
  }
});

describe("Chromium runs the files as they are", () => {
  test("from a server of files", async () => {
    await expectFromPage(consumer.folder, "plain.html");
  });

  test("under a policy that forbids eval and blobs", async () => {
    const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src data:";
    await expectFromPage(consumer.folder, "plain.html", { "content-security-policy": policy });
  });

  test("inside a Web Worker", async () => {
    await expectFromPage(consumer.folder, "nested.html");
  });

  test("from another origin, as from a CDN", async () => {
    const files = join(consumer.folder, "node_modules", "compute-pi-rs", "dist", "web");
    const cdn = await serve(files, { "access-control-allow-origin": "*" });
    try {
      await expectFromPage(consumer.folder, `plain.html?from=${encodeURIComponent(`${cdn.url}compute-pi.js`)}`);
    } finally {
      cdn.close();
    }
  });

  test("a policy without workers is explained", async () => {
    const policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'";
    const server = await serve(consumer.folder, { "content-security-policy": policy });
    try {
      const program = `import("${server.url}node_modules/compute-pi-rs/dist/web/compute-pi.js")
        .then((pi) => pi.generate(5)).catch(({ name, message }) => [name, message])`;
      const page = await browser.newPage();
      await page.goto(`${server.url}nothing.html`);
      expect(await page.evaluate(program)).toEqual(["ThreadsError", expect.stringContaining("worker-src")]);
      await page.close();
    } finally {
      server.close();
    }
  });
});

test("an abort ends the worker at once, and the next call works", async () => {
  const server = await serve(consumer.folder);
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}nothing.html`);
    const [name, milliseconds, digits, alive] = await page.evaluate<[string, number, number[], number]>(`(async () => {
      const Real = Worker;
      let alive = 0;
      globalThis.Worker = class extends Real {
        constructor(...args) { super(...args); alive += 1; }
        terminate() { alive -= 1; super.terminate(); }
      };
      const { generate, generateBytes } = await import("/node_modules/compute-pi-rs/dist/web/compute-pi.js");
      await generate(3);
      const aborter = new AbortController();
      const running = generateBytes(50_000_000, { signal: aborter.signal }).catch(({ name }) => name);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const began = performance.now();
      aborter.abort();
      const name = await running;
      const milliseconds = performance.now() - began;
      return [name, milliseconds, await generate(5), alive];
    })()`);
    expect([name, digits, alive]).toEqual(["AbortError", [3, 1, 4, 1, 5], 1]);
    expect(milliseconds).toBeLessThan(50);
    await page.close();
  } finally {
    server.close();
  }
});

test("workerd runs it, from modules that it compiles before", async () => {
  await esbuild(consumer.folder, [
    ...["handler.js", "--format=esm", "--outfile=bundle/handler.js", "--conditions=workerd,worker,browser"],
    "--external:*.wasm",
  ]);
  const port = await freePort();
  const command = ["serve", "workerd.capnp", `--socket-addr=http=127.0.0.1:${String(port)}`];
  const executable = (requireTool("workerd") as { default: string }).default;
  const server = spawn(executable, command, { cwd: consumer.folder, stdio: ["ignore", "inherit", "inherit"] });
  try {
    expect(await answer(`http://127.0.0.1:${String(port)}/`, server)).toEqual(expected);
  } finally {
    server.kill();
  }
});

test("edge-runtime runs it", async () => {
  await esbuild(consumer.folder, [
    ...["edge.js", "--format=iife", "--outfile=bundle/edge.js", "--conditions=edge-light,worker,browser"],
    // There is no such thing as the place of a bundle in this format.
    "--log-override:empty-import-meta=silent",
  ]);
  const { EdgeRuntime } = requireTool("edge-runtime") as EdgeModule;
  const runtime = new EdgeRuntime({ initialCode: readFileSync(join(consumer.folder, "bundle", "edge.js"), "utf8") });
  const response = await runtime.dispatchFetch("http://localhost/");
  expect(await response.json()).toEqual(expected);
});

/** The part of Vite that is used here. */
interface ViteModule {
  createServer: (options: object) => Promise<{
    listen: () => Promise<unknown>;
    close: () => Promise<void>;
    resolvedUrls: { local: string[] } | null;
  }>;
}

/** The part of edge-runtime that is used here. */
interface EdgeModule {
  EdgeRuntime: new (options: { initialCode: string }) => { dispatchFetch: (url: string) => Promise<Response> };
}

const file = "./node_modules/compute-pi-rs/dist/web/compute-pi.js";

test.each([
  ["Deno", "deno", ["run", "--allow-all", "--no-prompt"], "compute-pi-rs"],
  ["Deno, the browser's build", "deno", ["run", "--allow-all", "--no-prompt"], file],
  ["Bun", "bun", ["run"], "compute-pi-rs"],
  ["Bun, the browser's build", "bun", ["run"], file],
] as const)("%s runs it", async (_name, program, flags, specifier) => {
  const { exitCode, stdout, stderr } = await run(tools[program], [...flags, "print.mjs", specifier], {
    cwd: consumer.folder,
    env: { ...process.env, COMPUTE_PI_RS_BACKEND: "wasm", DENO_NO_UPDATE_CHECK: "1" },
  });
  expect(exitCode, stderr).toBe(0);
  expect(JSON.parse(stdout)).toEqual(expected);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The answer of a server, once it listens. */
async function answer(url: string, server: ChildProcess): Promise<unknown> {
  for (;;) {
    if (server.exitCode !== null) throw new Error("it did not start");
    const response = await fetch(url).catch(() => undefined);
    if (response) return response.json();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
