import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { installExample } from "../../scripts/fleet/install.mjs";
import { type Host, Network, type Program } from "./hosts";

const POSITION = 1e8;
/** Published by F. Bellard, and what follows in this package's own computation. */
const DIGITS = "ECB840E21926EC5AE0D2F3";
const JOBS = 24;
const LOCK_MS = 3000;
const WORKERS = ["one", "two", "three"] as const;

const problem = await Network.problem();

describe.skipIf(problem !== undefined)(`a fleet on hosts of its own${problem ? `: ${problem}` : ""}`, () => {
  let example: Awaited<ReturnType<typeof installExample>>;
  let network: Network;
  let store: Host;
  let folder: string;
  let redis: Program;

  beforeAll(async () => {
    example = await installExample("fleet-bullmq");
    network = await Network.create(["redis", "control", ...WORKERS]);
    store = network.host("redis");
  });

  afterAll(async () => {
    await network.remove();
    await example.remove();
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "compute-pi-rs-redis-"));
    redis = await startRedis();
  });

  afterEach(async () => {
    await Promise.all(Array.from(network.hosts.values(), (host) => host.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  async function startRedis(): Promise<Program> {
    const settings = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
    const address = ["--bind", store.address, "--protected-mode", "no"];
    const server = store.start(["redis-server", "--dir", folder, ...address, ...settings]);
    await server.printed(/Ready to accept connections/);
    return server;
  }

  /** Runs a program of the example on a host. */
  function start(host: string, args: string[], worker = host): Program {
    return network.host(host).start([process.execPath, ...args], {
      cwd: example.folder,
      env: {
        REDIS_URL: `redis://${store.address}:6379`,
        FLEET_WORKER: worker,
        FLEET_LOCK_MS: String(LOCK_MS),
        FLEET_STALLED_MS: "1000",
      },
    });
  }

  const worker = (host: string) => start(host, ["worker.mjs"]);

  async function submit(check = 0.1): Promise<{ id: string; jobs: number; checks: number }> {
    const flags = ["--position", String(POSITION), "--jobs", String(JOBS), "--check", String(check)];
    const program = start("control", ["submit.mjs", ...flags]);
    const [line] = await program.printed(/^\{.*\}$/m);
    start("control", ["reducer.mjs"]);
    return JSON.parse(line) as { id: string; jobs: number; checks: number };
  }

  /** Waits for the digits, and checks that they are right and that each range counts once. */
  async function outcome(id: string) {
    const [line] = await start("control", ["status.mjs", id]).printed(/^\{.*\}$/m);
    const result = JSON.parse(line) as { digits: string; parts: number; results: number; distrusted: string[] };
    expect(result.digits).toBe(DIGITS);
    expect(result.parts).toBe(JOBS);
    return result;
  }

  it("computes the digits, and shows how", async () => {
    const { id, jobs, checks } = await submit(1);
    const view = start("control", ["watch.mjs", id]);
    for (const host of WORKERS) worker(host);
    const { results, distrusted } = await outcome(id);
    expect(results).toBeGreaterThanOrEqual(jobs + checks);
    expect(distrusted).toEqual([]);
    await view.printed(new RegExp(`${DIGITS} from position ${POSITION}`));
    for (const host of WORKERS) expect(view.output).toMatch(new RegExp(`^${host} +\\d+ `, "m"));
  });

  it("gives the job of a worker that was killed to another", async () => {
    const { id } = await submit();
    const killed = worker("one");
    await killed.printed(/^took (.*?):/m, 1);
    killed.kill("SIGKILL");
    await killed.exit;
    const taken = Array.from(killed.output.matchAll(/^took (.*?):/gm), ([, job]) => job);
    const lost = taken.filter((job) => !killed.output.includes(`did ${job ?? ""}`));
    const others = [worker("two"), worker("three")];
    await outcome(id);
    for (const job of lost) expect(others.some(({ output }) => output.includes(`did ${job ?? ""}`))).toBe(true);
  });

  it("goes on where it was when Redis is killed and comes back", async () => {
    const { id, checks } = await submit();
    const workers = WORKERS.map(worker);
    await workers[0]?.printed(/^did /m, 1);
    redis.kill("SIGKILL");
    await redis.exit;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    redis = await startRedis();
    expect(redis.output).toMatch(/DB loaded from append only file/);
    const { results } = await outcome(id);
    // No result is lost, and none comes in twice: more there are only for workers that were not checked yet.
    expect(results).toBeGreaterThanOrEqual(JOBS + checks);
    expect(results).toBeLessThanOrEqual(JOBS + checks + 2 * WORKERS.length);
  });

  it("counts a job once that two workers did", async () => {
    const { id } = await submit();
    const slow = worker("one");
    const [, job = ""] = await slow.printed(/^took (.*?):/m);
    slow.kill("SIGSTOP");
    const others = [worker("two"), worker("three")];
    const finished = await Promise.race(others.map((other) => other.printed(new RegExp(`^did ${job}$`, "m"))));
    expect(finished[0]).toBe(`did ${job}`);
    slow.kill("SIGCONT");
    await slow.printed(/lock|not in the active state/i);
    await outcome(id);
    expect(slow.output).not.toMatch(new RegExp(`^did ${job}$`, "m"));
  });

  it("finds out a worker that gives garbage, and does its work again", async () => {
    const { id, checks } = await submit();
    const garbage = `
      import { hexDigitsPartial } from "compute-pi-rs";
      import { startWorker } from "./worker.mjs";
      const compute = async (job, options) => {
        const part = await hexDigitsPartial(job, options);
        return { ...part, fraction: part.fraction.replace(/^./, (digit) => (digit === "0" ? "1" : "0")) };
      };
      startWorker({ name: "one", compute }).on("completed", ({ id }) => console.log("did " + id));
    `;
    const liar = start("one", ["--input-type=module", "--eval", garbage]);
    await liar.printed(/^did /m, 1);
    worker("two");
    worker("three");
    const { results, distrusted } = await outcome(id);
    expect(distrusted).toEqual(["one"]);
    expect(results).toBeGreaterThan(JOBS + checks);
  });

  it("works around a host that is cut off, and takes it back", async () => {
    const { id } = await submit();
    const cut = worker("one");
    const [, job = ""] = await cut.printed(/^took (.*?):/m);
    await network.host("one").link("down");
    const other = worker("two");
    await other.printed(new RegExp(`^did ${job}$|^did (?=[^]*did [^]*did )`, "m"));
    await outcome(id);
    await network.host("one").link("up");
    // Its work meanwhile is of no account; it takes the next.
    const taken = cut.output.match(/^took /gm)?.length ?? 0;
    other.kill("SIGKILL");
    const next = await submit(0);
    await cut.printed(/^took /m, taken);
    worker("three");
    await outcome(next.id);
  });
});
