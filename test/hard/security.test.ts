import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { root } from "../../scripts/lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";

// The promises of SECURITY.md about what the package never does.

const binary = join(root, "index.node");
const program = join(root, "test", "hard", "programs", "every-call.mjs");
const env = { ...process.env, COMPUTE_PI_RS_BINARY: binary };

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "compute-pi-rs-security-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test("the package uses no module of Node.js for network or processes, of files its own only, and three environment variables", async () => {
  // The loader is bundled into it.
  const folders = ["src", "tools/addon-loader/src"].map((folder) => join(root, folder));
  const files = (
    await Promise.all(
      folders.map(async (folder) => (await readdir(folder, { recursive: true })).map((name) => ({ folder, name }))),
    )
  )
    .flat()
    .filter(({ name }) => name.endsWith(".ts") && !/^(cli|web)\b/.test(name));
  const source = (await Promise.all(files.map(({ folder, name }) => readFile(join(folder, name), "utf8"))))
    .join("\n")
    .replace(/^ \*.*$/gm, "");
  const modules = [...source.matchAll(/"node:([\w/]+)"/g)].map(([, name]) => name);
  const others = [...new Set(modules)].filter((name) => name !== "buffer").sort();
  const harmless = ["diagnostics_channel", "fs", "module", "os", "path", "perf_hooks", "stream", "timers", "v8"];
  expect(others).toEqual([...harmless, "worker_threads"]);
  // It reads what is to be loaded, and writes nothing.
  expect(source).not.toMatch(/\b(writeFile|appendFile|createWriteStream|unlink|rename|mkdir|rm)(Sync)?\(/);
  const variables = [...source.matchAll(/process\.env(?:\.(\w+)|\[([\w.]+)\])?/g)].map(([, name, key]) => name ?? key);
  expect(variables.sort()).toEqual(["AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "BACKEND_VARIABLE", "options.variable"]);
  for (const word of ["fetch(", "WebSocket", "eval(", "new Function", "child_process"])
    expect(source).not.toContain(word);
});

describe.runIf(process.platform === "linux")("the binary", () => {
  test("imports nothing that opens a connection, starts a program, or changes a file", async () => {
    const { stdout } = await runOrThrow("nm", ["-D", "--undefined-only", binary]);
    const imported = [...stdout.matchAll(/U (\w+)/g)].map(([, name]) => name ?? "");
    expect(imported).toContain("malloc");
    const unwanted =
      /^(socket|connect|bind|listen|accept|send|recv|getaddrinfo|gethostby|exec|posix_spawn|fork|vfork|system|popen|unlink|rename|rmdir|mkdir|link|symlink|truncate|ftruncate|chmod|chown|setenv|putenv|unsetenv|ptrace|mprotect)/;
    expect(imported.filter((name) => unwanted.test(name))).toEqual([]);
  });

  test("reads the environment variables that SECURITY.md names", async () => {
    const library = join(await temporary(), "getenv.so");
    const source = join(root, "test", "hard", "programs", "getenv.c");
    await runOrThrow("cc", ["-shared", "-fPIC", "-o", library, source, "-ldl"]);
    const { stderr } = await runOrThrow(process.execPath, [program], { env: { ...env, LD_PRELOAD: library } });
    const names = [...new Set(stderr.trim().split("\n"))];
    expect(names).toContain("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
    const documented = await readFile(join(root, "SECURITY.md"), "utf8");
    expect(names.filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
  });
});

test.skipIf(spawnSync("strace", ["--version"]).error)(
  "no call reaches the network, starts a program or writes a file",
  async () => {
    const trace = join(await temporary(), "trace");
    const calls = "trace=%file,%network,execve,execveat,fork,vfork";
    await runOrThrow("strace", ["-f", "-o", trace, "-e", calls, process.execPath, program], { env });
    const lines = (await readFile(trace, "utf8")).split("\n");
    const begin = lines.findIndex((line) => line.includes('"begin"'));
    expect(begin).toBeGreaterThan(0);
    const made = lines
      .slice(begin + 1)
      .map((line) => /^\d+ +(\w+)\((.*)/.exec(line))
      .filter((call) => call !== null)
      .map(([, name = "", rest = ""]) => ({ name, path: /"([^"]*)"/.exec(rest)?.[1] ?? "", rest }));
    expect([...new Set(made.map(({ name }) => name))].sort()).toEqual(expect.arrayContaining(["openat"]) as string[]);
    const looks = /^(openat|open|stat|lstat|newfstatat|statx|access|faccessat2?|readlink|readlinkat|getcwd)$/;
    expect(made.filter(({ name }) => !looks.test(name))).toEqual([]);
    const opened = made.filter(({ name }) => name.startsWith("open"));
    expect(opened.filter(({ rest }) => /O_(WRONLY|RDWR|CREAT|TRUNC)/.test(rest))).toEqual([]);
    const own = (path: string) => path.startsWith(root) || root.startsWith(path.replace(/package\.json$/, ""));
    const foreign = opened.filter(
      ({ path }) => !own(path) && !/^\/(proc|sys\/fs\/cgroup|sys\/devices\/system\/cpu)\//.test(path),
    );
    expect(foreign.map(({ path }) => path)).toEqual([]);
  },
);
