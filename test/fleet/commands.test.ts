import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { installExample } from "../../scripts/fleet/install.mjs";
import { Program } from "./hosts";

let example: Awaited<ReturnType<typeof installExample>>;
let data: string;
let redis: ChildProcess;
let url: string;
/** Where nothing listens. */
let nowhere: string;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

beforeAll(async () => {
  example = await installExample("fleet-bullmq");
  data = await mkdtemp(join(tmpdir(), "compute-pi-rs-redis-"));
  const port = await freePort();
  url = `redis://127.0.0.1:${port}`;
  nowhere = `redis://:secret@127.0.0.1:${await freePort()}`;
  redis = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--dir", data, "--save", ""]);
});

afterAll(async () => {
  redis.kill("SIGKILL");
  await example.remove();
  await rm(data, { recursive: true, force: true });
});

const environment = (REDIS_URL: string) => ({ ...process.env, REDIS_URL, FLEET_STALLED_MS: "1000" });

function run(args: string[], redisUrl = url): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { cwd: example.folder, env: environment(redisUrl), timeout: 60_000 };
    const child = execFile(process.execPath, args, options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}

function start(args: string[], redisUrl = url): Program {
  return new Program(spawn(process.execPath, args, { cwd: example.folder, env: environment(redisUrl) }));
}

const script = (code: string) => ["--input-type=module", "--eval", code];

/** A worker whose every result is another one. */
const liar = (name: string) =>
  script(`
    import { randomBytes } from "node:crypto";
    import { hexDigitsPartial } from "compute-pi-rs";
    import { startWorker } from "./worker.mjs";
    const compute = async (job, options) => {
      const part = await hexDigitsPartial(job, options);
      return { ...part, fraction: randomBytes(part.fraction.length / 2).toString("hex") };
    };
    startWorker({ name: "${name}", compute });
  `);

describe("the commands of the fleet", () => {
  it.each(["submit", "watch", "status", "worker", "reducer", "demonstration"])(
    "explain themselves: %s",
    async (name) => {
      const { code, stdout, stderr } = await run([`${name}.mjs`, "--help"], nowhere);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(/^usage: /);
    },
  );

  it.each([
    ["submit.mjs", "--positoin", "5"],
    ["submit.mjs", "--position", "five"],
    ["submit.mjs", "1e6"],
    ["watch.mjs"],
    ["status.mjs", "one", "two"],
    ["worker.mjs", "--thread", "2"],
    ["demonstration.mjs", "far"],
  ])("answer a typing mistake without a stack: %s %s %s", async (...args) => {
    const { code, stdout, stderr } = await run(args.filter(Boolean), nowhere);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/usage: /);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it("say that Redis is missing, and do not tell its password", async () => {
    for (const args of [["submit.mjs"], ["watch.mjs", "id"], ["status.mjs", "id"]]) {
      const { code, stderr } = await run(args, nowhere);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^no Redis answers at redis:\/\/…@127\.0\.0\.1:\d+ \(ECONNREFUSED\): start redis-server, .*\n$/,
      );
    }
  });

  it("say that a position is not there, or too far", async () => {
    for (const program of ["watch.mjs", "status.mjs"]) {
      expect(await run([program, "none"])).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^there is no position none/) as string,
      });
    }
    const far = await run(["submit.mjs", "--position", "1e14"]);
    expect(far.code).toBe(1);
    expect(far.stderr).toMatch(/out of range/);
    expect(far.stderr).not.toMatch(/^ +at /m);
  });

  it("show how much is done, and who is missing", async () => {
    const { stdout } = await run(["submit.mjs", "--position", "1e5", "--jobs", "4", "--check", "0"]);
    const { id } = JSON.parse(stdout) as { id: string };
    const view = start(["watch.mjs", id]);
    await view.printed(/0 of 4 done, 0%.*\nno worker is there: npm run worker\nno reducer is there: npm run reducer\n/);
    const others = [start(["worker.mjs"]), start(["reducer.mjs"])];
    await view.printed(/535EA16C406363\w+ from position 100000/);
    expect(view.output).toMatch(/(\d+) of \1 done, 100%/);
    for (const other of others) other.kill("SIGTERM");
    expect(await Promise.all(others.map(({ exit }) => exit))).toEqual([0, 0]);
  });
});

describe("a position that cannot be had", () => {
  it("fails at once where no retry helps, and keeps the reason", async () => {
    const [worker, reducer] = [start(["worker.mjs"]), start(["reducer.mjs"])];
    const { stdout } = await run(
      script(`
        import { FlowProducer } from "bullmq";
        import { connection, DIGITS, TERMS, termsOptions } from "./queues.mjs";
        const flow = new FlowProducer({ connection: connection() });
        const data = { job: { position: 1e15, count: 16, from: 0, to: 9 } };
        const children = [{ name: "terms 0 to 9", queueName: TERMS, data, opts: termsOptions }];
        const { job } = await flow.add({ name: "far", queueName: DIGITS, data: { position: 1e15, count: 16 }, children });
        console.log(job.id);
        await flow.close();
      `),
    );
    const started = performance.now();
    const { code, stderr } = await run(["status.mjs", stdout.trim()]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^the position failed: terms 0 to 9: ERR_OUT_OF_RANGE: .*1000000000000000\n$/);
    expect(worker.output.match(/^took /gm)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(20_000);
    for (const program of [worker, reducer]) program.kill("SIGKILL");
  });

  it("fails where workers disagree for ever, and says about what", async () => {
    const { stdout } = await run(["submit.mjs", "--position", "1e4", "--jobs", "1", "--check", "1"]);
    const { id } = JSON.parse(stdout) as { id: string };
    const programs = [start(["reducer.mjs"]), ...["one", "two", "three"].map((name) => start(liar(name)))];
    const { code, stderr } = await run(["status.mjs", id]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^the position failed: after 8 rounds, workers still disagree about the terms 0 to \d+\n$/);
    for (const program of programs) program.kill("SIGKILL");
  });
});

describe("programs that are told to end", () => {
  it("end without Redis, too", async () => {
    for (const program of ["worker.mjs", "reducer.mjs"]) {
      const alone = start([program], nowhere);
      await alone.printed(/ECONNREFUSED/);
      const told = performance.now();
      alone.kill("SIGTERM");
      expect(await alone.exit).toBe(0);
      expect(performance.now() - told).toBeLessThan(10_000);
    }
  });

  it.each(["SIGTERM", "SIGINT", "a closed pipe"] as const)("leave no orphans: the demonstration on %s", async (how) => {
    const demonstration = start(["demonstration.mjs"]);
    await demonstration.printed(/a reducer and 4 workers/);
    const children = await childrenOf(demonstration.child.pid ?? 0);
    expect(children.length).toBeGreaterThanOrEqual(6);
    if (how === "a closed pipe") demonstration.child.stdout?.destroy();
    else demonstration.kill(how);
    await once(demonstration.child, "exit");
    for (let tries = 0; tries < 50 && (await alive(children)).length > 0; tries += 1) await sleep(100);
    expect(await alive(children)).toEqual([]);
  });
});

/** The entries in /proc of the processes that a process started. */
async function childrenOf(parent: number): Promise<number[]> {
  const ids = (await readdir("/proc")).map(Number).filter((id) => id > 0);
  const parents = await Promise.all(ids.map(parentOf));
  return ids.filter((_, index) => parents[index] === parent);
}

async function parentOf(id: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "State:\tZ");
  return status.includes("State:\tZ") ? undefined : Number(/^PPid:\t(\d+)$/m.exec(status)?.[1]);
}

async function alive(ids: readonly number[]): Promise<number[]> {
  const parents = await Promise.all(ids.map(parentOf));
  return ids.filter((_, index) => parents[index] !== undefined);
}
