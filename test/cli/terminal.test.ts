import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { generateString } from "../../src/index";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import manifest from "../../package.json";
import { installation, type Installation } from "../installation";
import { onTerminal, type Options } from "./terminal";

const BAR = /\d%/;
const PROOF = /^compute-pi-rs: verified: /;

let installed: Installation;
let cli: string;
/** Long enough to show a bar, short enough to wait for. */
let slow: string;
let slowCount: number;
let slowDigits: string;
let longDigits: string;

beforeAll(async () => {
  installed = await installation();
  cli = `${process.execPath} ${join(installed.folder, "node_modules", "compute-pi-rs", manifest.bin["compute-pi-rs"])}`;
  slowCount = await spigotDigits(1200);
  slow = `${slowCount} --algorithm spigot`;
  slowDigits = await generateString(slowCount);
  longDigits = await generateString(await streamedDigits(1000));
}, 60_000);

afterAll(() => installed.remove());

/** The digits that take the spigot so many milliseconds here, while nothing else runs; its time grows by their square. */
async function spigotDigits(milliseconds: number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 3; run++) {
    const began = performance.now();
    await generateString(4000, { algorithm: "spigot" });
    times.push(performance.now() - began);
  }
  return Math.round(4000 * Math.sqrt(milliseconds / Math.min(...times)));
}

/** The digits, some millions, that take one thread as many milliseconds here; as many as the terminal of the tests holds at most. */
async function streamedDigits(milliseconds: number): Promise<number> {
  const few = 5_000_000;
  const began = performance.now();
  await generateString(few, { threads: 1 });
  const times = milliseconds / (performance.now() - began);
  return Math.round(few * Math.min(Math.max(times, 1), 2.2));
}

/** Between two lines of a shell, which have to survive. */
const see = (args: string, options?: Options) =>
  onTerminal(`cd ${installed.folder}; echo before; ${cli} ${args}; echo "after: $?"`, options);

describe.skipIf(process.platform === "win32").each([40, 100])("on a terminal of %i columns", (columns) => {
  it("shows percentage and time left while it works, and then the digits in one piece", async () => {
    const { lines, lastLines } = await see(slow, { columns });
    expect(lines).toEqual(["before", slowDigits, "after: 0"]);
    const bars = lastLines.filter((line) => BAR.test(line));
    expect(bars.length).toBeGreaterThan(2);
    expect(bars.at(-1)).toMatch(/\d+%, \d+ s left$/);
    expect(Math.max(...bars.map((line) => line.length))).toBeLessThan(columns);
    expect(bars.some((line) => line.includes("[="))).toBe(columns === 100);
  });

  it("removes the bar before the first digit, also of what comes in pieces", async () => {
    const { lines, raw } = await see(`${longDigits.length} --threads 1`, { columns });
    expect(lines).toEqual(["before", longDigits, "after: 0"]);
    const firstDigit = raw.indexOf("314159265358979");
    expect(raw.lastIndexOf("%", firstDigit)).toBeGreaterThan(0);
    expect(raw.indexOf("%", firstDigit)).toBe(-1);
    // Nothing but clearing a line: no mode that would outlive the command.
    expect(raw.replaceAll("\x1b[K", "")).not.toMatch(/\x1b/);
  });

  it("leaves the proof where it stands", async () => {
    for (const args of ["1000 --verify", `${slow} --verify`]) {
      const { lines } = await see(args, { columns });
      expect(lines).toEqual(["before", expect.stringMatching(/^3\d+$/), expect.stringMatching(PROOF), "after: 0"]);
    }
  });

  it("prints one JSON object", async () => {
    const { lines, lastLines } = await see(`${slow} --json`, { columns });
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({ digits: slowCount, pi: slowDigits });
    expect(lastLines.some((line) => BAR.test(line))).toBe(true);
  });

  it("writes a file, with the bar until its end, and says so", async () => {
    const { lines, lastLines } = await see(`${slow} --output pi.txt --verify`, { columns });
    expect(lines).toEqual([
      "before",
      expect.stringMatching(PROOF),
      expect.stringMatching(new RegExp(`^${slowCount.toLocaleString("en")} digits in pi\\.txt, after \\d.* m?s$`)),
      "after: 0",
    ]);
    expect(lastLines.some((line) => BAR.test(line))).toBe(true);
    expect(await readFile(join(installed.folder, "pi.txt"), "utf8")).toBe(`${slowDigits}\n`);
  });

  it("tells errors on a line of their own", async () => {
    const { lines } = await see(`${slow} --output none/pi.txt`, { columns });
    expect(lines).toEqual([
      "before",
      "compute-pi-rs: cannot write none/pi.txt: no such file or directory (ENOENT)",
      "after: 1",
    ]);
    const wrong = await see("five", { columns });
    const message = expect.stringContaining("five is neither a number nor a command") as string;
    expect(wrong.lines).toEqual(["before", message, "after: 2"]);
  });

  it("stops on Ctrl-C without a trace of the bar, and leaves the file as it was", async () => {
    await writeFile(join(installed.folder, "kept.txt"), "kept");
    const press = { keys: "\x03", when: BAR };
    const toScreen = await onTerminal(`echo before; exec ${cli} 1000000 --algorithm spigot`, { columns, press });
    expect(toScreen).toMatchObject({ code: 130, lines: ["before"] });
    const command = `cd ${installed.folder}; echo before; exec ${cli} 1000000 --algorithm spigot -o kept.txt`;
    const toFile = await onTerminal(command, { columns, press });
    expect(toFile.code).toBe(130);
    expect(toFile.lines).toEqual(["before", "compute-pi-rs: stopped; kept.txt is as it was before"]);
    expect(await readFile(join(installed.folder, "kept.txt"), "utf8")).toBe("kept");
    expect((await readdir(installed.folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe.skipIf(process.platform === "win32")("where a bar helps nobody", () => {
  it.each([
    ["a plain terminal", "", { TERM: "dumb" }],
    ["continuous integration", "", { CI: "true" }],
    ["a person who wants none", " --quiet", {}],
  ])("shows none: %s", async (_, option, environment) => {
    const { lines, raw } = await see(slow + option, { environment });
    expect(lines).toEqual(["before", slowDigits, "after: 0"]);
    expect(raw).not.toMatch(BAR);
    expect(raw).not.toContain("\x1b");
  });

  it("has no colours to leave out with NO_COLOR", async () => {
    for (const environment of [{ NO_COLOR: "" }, { NO_COLOR: "1" }]) {
      const { raw, lastLines } = await see(`${slow} --verify`, { environment });
      expect(raw).not.toMatch(/\x1b\[[\d;]*m/);
      expect(lastLines.some((line) => BAR.test(line))).toBe(true);
    }
  });

  it("keeps digits alone on standard output when that is no terminal", async () => {
    const { lines, lastLines } = await see(`${slow} --verify > digits.txt`);
    expect(lines).toEqual(["before", expect.stringMatching(PROOF), "after: 0"]);
    expect(lastLines.some((line) => BAR.test(line))).toBe(true);
    expect(await readFile(join(installed.folder, "digits.txt"), "utf8")).toBe(`${slowDigits}\n`);
  });

  it("says nothing with --quiet but the result", async () => {
    expect((await see("20 --verify --quiet -o quiet.txt")).lines).toEqual(["before", "after: 0"]);
    expect(existsSync(join(installed.folder, "quiet.txt"))).toBe(true);
  });
});
