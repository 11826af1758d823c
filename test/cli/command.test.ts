import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { lstat, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import manifest from "../../package.json";
import { checksum, FIRST_100, PUBLISHED_SHA256 } from "../api/reference";
import { installation, type Installation } from "../installation";

/** Work that outlasts every test. */
const ENDLESS = ["1000000", "--algorithm", "spigot"];

let installed: Installation;
let folder: string;
let cli: string;

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command with arguments; what is no text sets the environment. */
function compute(...args: (string | { env: NodeJS.ProcessEnv })[]): Promise<Outcome> {
  const texts = args.filter((arg) => typeof arg === "string");
  const { env } = args.find((arg) => typeof arg === "object") ?? process;
  return outcome(process.execPath, [cli, ...texts], env);
}

/** Runs a line of a shell, with arguments from `$0` on. */
const shell = (line: string, ...args: string[]) => outcome("/bin/sh", ["-c", line, ...args], process.env);

function outcome(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { maxBuffer: 2 ** 24, env }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}

/** Waits until a command computes. */
async function untilBusy({ pid }: ChildProcess): Promise<void> {
  const threads = async () => {
    const ids = await readdir(`/proc/${pid}/task`);
    return Promise.all(ids.map((id) => readFile(`/proc/${pid}/task/${id}/comm`, "utf8").catch(() => "")));
  };
  while (!(await threads()).includes("compute-pi\n")) await sleep(20);
}

beforeAll(async () => {
  installed = await installation();
  folder = installed.folder;
  cli = join(folder, "node_modules", "compute-pi-rs", manifest.bin["compute-pi-rs"]);
});

afterAll(() => installed.remove());

describe("compute-pi-rs", () => {
  it("proves the digits and says how", async () => {
    const plain = await compute("100", "--verify");
    expect(plain).toMatchObject({ code: 0, stdout: `${FIRST_100}\n` });
    expect(plain.stderr).toMatch(/^compute-pi-rs: verified: hexadecimal digits \d+ to \d+ by Bellard's formula, .*\n$/);

    const json = await compute("100", "--verify", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ pi: FIRST_100, verified: { hexDigits: 21 } });
    expect(JSON.parse((await compute("0", "--verify", "--json")).stdout)).toMatchObject({ pi: "", verified: null });
  });

  it("prints digits and a line end", async () => {
    expect(await compute("100")).toEqual({ code: 0, stdout: `${FIRST_100}\n`, stderr: "" });
    expect(await compute("0")).toEqual({ code: 0, stdout: "\n", stderr: "" });
  });

  it("prints many digits, the published ones", async () => {
    const { stdout } = await compute("100001", "--threads", "1");
    expect(checksum(stdout.trimEnd())).toBe(PUBLISHED_SHA256.get(100_001));
  });

  it("takes an algorithm", async () => {
    expect(await compute("50", "-a", "spigot")).toEqual({ code: 0, stdout: `${FIRST_100.slice(0, 50)}\n`, stderr: "" });
  });

  it("writes a file", async () => {
    const file = join(folder, "pi.txt");
    expect(await compute("100", "--output", file)).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await readFile(file, "utf8")).toBe(`${FIRST_100}\n`);
  });

  it("leaves a file alone when there is nothing to write", async () => {
    const file = join(folder, "kept.txt");
    await writeFile(file, "kept");
    expect((await compute("2e9", "--output", file)).code).toBe(2);
    expect((await compute("100", "--output", join(folder, "none", "pi.txt"))).code).toBe(1);
    expect(await readFile(file, "utf8")).toBe("kept");
  });

  it("replaces a file only with a whole one, and keeps its mode", async () => {
    const file = join(folder, "whole.txt");
    await writeFile(file, "old", { mode: 0o640 });
    // Node.js ignores the signal, so that the write fails as on a full disk.
    const full = await shell(`ulimit -f 1; "$0" "$1" 100000 --output "$2"`, process.execPath, cli, file);
    expect(full).toEqual({
      code: 1,
      stdout: "",
      stderr: `compute-pi-rs: cannot write ${file}: file too large (EFBIG)\n`,
    });
    expect(await readFile(file, "utf8")).toBe("old");
    expect(await compute("20", "-o", file)).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe(`${FIRST_100.slice(0, 20)}\n`);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("writes through links and to devices, and keeps both", async () => {
    await writeFile(join(folder, "target.txt"), "old");
    await symlink("target.txt", join(folder, "link.txt"));
    await symlink("later.txt", join(folder, "dangling.txt"));
    for (const name of ["link.txt", "dangling.txt"]) {
      expect(await compute("5", "-o", join(folder, name))).toMatchObject({ code: 0 });
      expect((await lstat(join(folder, name))).isSymbolicLink()).toBe(true);
    }
    expect(await readFile(join(folder, "target.txt"), "utf8")).toBe("31415\n");
    expect(await readFile(join(folder, "later.txt"), "utf8")).toBe("31415\n");
    expect(await compute("5", "-o", "/dev/stdout")).toEqual({ code: 0, stdout: "31415\n", stderr: "" });
    expect(await compute("5", "-o", "/dev/full")).toEqual({
      code: 1,
      stdout: "",
      stderr: "compute-pi-rs: cannot write /dev/full: no space left on device (ENOSPC)\n",
    });
    expect(await compute("5", "-o", folder)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("EISDIR") as string,
    });
  });

  it("writes to standard output when the file is -", async () => {
    expect(await compute("20", "-o", "-")).toEqual({ code: 0, stdout: `${FIRST_100.slice(0, 20)}\n`, stderr: "" });
  });

  it.each(["100", "1e2", "1_00", "0.1k"])("takes %s for a hundred", async (text) => {
    expect(await compute(text)).toEqual({ code: 0, stdout: `${FIRST_100}\n`, stderr: "" });
  });

  it("says what memory would suffice for", async () => {
    const env = { ...process.env, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128" };
    const { code, stderr } = await compute("1e9", { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^compute-pi-rs: 1,000,000,000 digits need [\d.]+ GiB of memory, and this process may use [\d.]+ MiB more\. [\d,]+ digits would fit; .+\n$/,
    );
    const fitting = /([\d,]+) digits would fit/.exec(stderr)?.[1] ?? "";
    expect(await compute(fitting, "-o", "/dev/null", { env })).toMatchObject({ code: 0 });
  });

  it("prints one JSON object", async () => {
    const { code, stdout } = await compute("20", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      digits: 20,
      algorithm: "chudnovsky",
      pi: FIRST_100.slice(0, 20),
      milliseconds: expect.any(Number) as number,
    });
  });

  it("tells its version and its usage", async () => {
    expect(await compute("--version")).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
    const { code, stdout } = await compute("--help");
    expect(code).toBe(0);
    for (const option of ["--output", "--algorithm", "--threads", "--json", "--version", "--help"]) {
      expect(stdout).toContain(option);
    }
  });

  it.each([
    ...[
      "",
      "-5",
      "five",
      "1.5",
      "1000000001",
      "5 6",
      "5 --fast",
      "5 --no-json",
      "5 -a machin",
      "5 -t 0",
      "1,00",
      "1e10",
    ],
    ...["hex", "hex 0", "hex 1 --count 1e9", "find", "find x", "estimate -1", "bench 0", "report 5", "fnid 5"],
  ])("answers bad usage with one line and exit code 2: %s", async (line) => {
    const { code, stdout, stderr } = await compute(...line.split(" ").filter(Boolean));
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^compute-pi-rs: (?!compute-pi-rs|error).+--help"\n$/);
  });

  it("names the help of the command that was called, and the commands where there is no such one", async () => {
    expect((await compute("hex")).stderr).toMatch(/position.*; see "compute-pi-rs hex --help"\n$/);
    expect((await compute("estimate")).stderr).toMatch(/: compute-pi-rs estimate 1000; /);
    expect((await compute("bnech")).stderr).toMatch(/^compute-pi-rs: bnech is neither .*\bhex, find, .*bench/);
  });

  it("exits 2 when nobody reads what is wrong", async () => {
    const child = spawn("sh", ["-c", `"$0" "$1" five`, process.execPath, cli], { stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.destroy();
    expect(await once(child, "exit")).toEqual([2, null]);
  });

  it("ends quietly when its reader has seen enough", async () => {
    const child = spawn("sh", [
      "-c",
      `{ "$1" "$2" 300000; echo "exit $?" >&2; } | head -c 10`,
      "sh",
      process.execPath,
      cli,
    ]);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data) => (stdout += String(data)));
    child.stderr.on("data", (data) => (stderr += String(data)));
    await once(child, "close");
    expect(stdout).toBe(FIRST_100.slice(0, 10));
    expect(stderr).toBe("exit 0\n");
  });

  it("writes digits without end until its reader leaves, and says no more", async () => {
    const line = `{ "$0" "$1" --endless --threads 1; echo "exit $?" >&2; } | head -c 200001 | tail -c 10`;
    const [head, alone] = [await shell(line, process.execPath, cli), await compute("200001")];
    expect(head).toEqual({ code: 0, stdout: alone.stdout.slice(199_991, 200_001), stderr: "exit 0\n" });
  });

  it.each(["--endless 5", "--endless --json", "--endless --output pi.txt"])("refuses %s", async (line) => {
    const { code, stdout, stderr } = await compute(...line.split(" "));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^compute-pi-rs: .*--endless.*; see "compute-pi-rs --help"\n$/);
  });

  it("stops on Ctrl-C at once, with exit code 130", async () => {
    const child = spawn(process.execPath, [cli, ...ENDLESS]);
    await untilBusy(child);
    const start = performance.now();
    child.kill("SIGINT");
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(130);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
