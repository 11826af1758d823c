import { execFile } from "node:child_process";
import { join } from "node:path";

import { estimate, generateString, native } from "../../src/index";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import manifest from "../../package.json";
import { installation, type Installation } from "../installation";

let installed: Installation;
let cli: string;

beforeAll(async () => {
  installed = await installation();
  cli = join(installed.folder, "node_modules", "compute-pi-rs", manifest.bin["compute-pi-rs"]);
});

afterAll(() => installed.remove());

function run(line: string, env = process.env): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...line.split(" ")], { env }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}

describe("the help", () => {
  it.each(["", "hex ", "find ", "estimate ", "bench ", "report "])(
    "explains with examples: %s--help",
    async (command) => {
      const { code, stdout, stderr } = await run(`${command}--help`);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain(`Usage: compute-pi-rs ${command}`);
      expect(stdout).toContain(`Examples:\n  compute-pi-rs ${command}`);
      expect(stdout).not.toContain("default: false");
      if (command !== "") expect((await run(`help ${command.trim()}`)).stdout).toBe(stdout);
    },
  );

  it("holds examples that can be run", async () => {
    const { stdout } = await run("hex --help");
    const [, line, digits] = /compute-pi-rs (hex 1) +the first 16: (\w+)/.exec(stdout) ?? [];
    expect((await run(line ?? "")).stdout.trim()).toBe(digits);
  });
});

describe("hex", () => {
  it("prints digits far out", async () => {
    expect(await run("hex 1e6 --count 32")).toEqual({
      code: 0,
      stdout: "26C65E52CB459350050E4BB178F4C67A\n",
      stderr: "",
    });
    expect(JSON.parse((await run("hex 10_000 -c 4 --json")).stdout)).toMatchObject({
      position: 10_000,
      hexDigits: "68AC",
    });
  });
});

describe("find", () => {
  it("tells the distance from the point, also across chunks", async () => {
    expect(await run("find 999999")).toEqual({ code: 0, stdout: "762\n", stderr: "" });
    expect((await run("find 314")).stdout).toBe("0\n");
    const digits = await generateString(70_000);
    const across = digits.slice(65_525, 65_545);
    expect((await run(`find ${across} 70k --json`)).stdout).toBe(
      `${JSON.stringify({ sought: across, digits: 70_000, position: 65_525 })}\n`,
    );
  });

  it("exits with 1 when they are not there", async () => {
    expect(await run("find 999999 767")).toEqual({
      code: 1,
      stdout: "",
      stderr: "compute-pi-rs: 999999 is not among the first 767 digits\n",
    });
    expect(await run("find 999999 768")).toMatchObject({ code: 0 });
    expect(await run("find 31 0 --quiet")).toEqual({ code: 1, stdout: "", stderr: "" });
  });
});

describe("estimate", () => {
  it("tells what the function tells", async () => {
    const { stdout } = await run("estimate 1e6 --threads 1 --json");
    expect(JSON.parse(stdout)).toEqual({ digits: 1_000_000, ...estimate(1_000_000, { threads: 1 }) });
    expect((await run("estimate 1e8")).stdout).toMatch(
      /generateBytes +[\d.]+ MiB\n.*\n +generate +gives at most 33,554,432/,
    );
  });
});

describe("bench", () => {
  it("prints a table in Markdown", async () => {
    const { stdout, code } = await run("bench 1000 2k --threads 1 --threads 2");
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^compute-pi-rs \d.*, Node\.js v\d/);
    expect(lines.slice(4)).toHaveLength(4);
    for (const line of lines.slice(4))
      expect(line).toMatch(/^\| +[12],000 \| +[12] \| +[\d.]+ ms \| +[\d,]+ \| yes +\|$/);
    expect(new Set(lines.slice(2).map((line) => line.length)).size).toBe(1);
  });
});

describe("report", () => {
  it("tells what runs here, and from where", async () => {
    const report: unknown = JSON.parse((await run("report --json")).stdout);
    const { simd, platform } = native();
    expect(report).toMatchObject({
      "compute-pi-rs": manifest.version,
      "back end": `native binary for ${platform}`,
      "found at": process.env.COMPUTE_PI_RS_BINARY,
      SIMD: simd,
      "Node.js": expect.stringContaining(process.version) as string,
    });
    if (process.platform === "linux") expect(report).toHaveProperty("C library", expect.stringMatching(/glibc \d/));
  });

  it("reports a binary that cannot be loaded, too", async () => {
    const { code, stdout } = await run("report", { ...process.env, COMPUTE_PI_RS_BINARY: "/nowhere.node" });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^back end +none$/m);
    expect(stdout).toMatch(/^problem +.*nowhere/m);
  });
});
