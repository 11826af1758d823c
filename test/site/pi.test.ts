import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, chromium as playwright, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { root } from "../../scripts/lib/paths.mjs";
import { serveSite } from "../../scripts/site/serve.mjs";
import { chromium } from "@compute-pi-rs/pinned-tools";
import { generateString } from "../../src/index";

const axe = createRequire(join(root, "scripts", "site", "package.json")).resolve("axe-core/axe.min.js");

let site: { url: string; close: () => void };
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  site = await serveSite(join(root, "site"), "/compute-pi-rs/");
  browser = await playwright.launch({ executablePath: await chromium(), args: ["--no-sandbox", "--disable-gpu"] });
});

afterAll(async () => {
  await browser.close();
  site.close();
});

beforeEach(async () => {
  complaints.length = 0;
  page = await browser.newPage();
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(`${site.url}pi`);
  await page.getByText("This browser runs the module").waitFor();
});

afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.close();
});

const status = (text: RegExp) => page.getByRole("status").filter({ hasText: text });

async function compute(n: number): Promise<void> {
  await page.getByLabel("Digits", { exact: true }).fill(String(n));
  await page.getByRole("button", { name: "Compute", exact: true }).click();
  await status(/digits in/).waitFor();
}

test("digits come, are proved, counted, found and downloaded, and axe finds nothing then", async () => {
  await page.getByLabel("Prove them").check();
  await compute(100_000);
  expect(await status(/100,000 digits in/).innerText()).toMatch(/Proved by \d+ hexadecimal digits/);
  expect(await page.getByRole("region", { name: "The digits" }).innerText()).toContain("3141592653");

  await page.getByRole("button", { name: "Find", exact: true }).click();
  // The Feynman point, counted from the leading 3.
  expect(await status(/begins at digit/).innerText()).toContain("999999 begins at digit 763,");
  // A group of ten digits ends within it.
  expect((await page.locator("mark").allInnerTexts()).join("")).toBe("999999");

  const digits = await generateString(100_000);
  const sevens = digits.split("7").length - 1;
  const row = page.getByRole("row", { name: /^7 / });
  expect(await row.innerText()).toContain(sevens.toLocaleString("en-US"));

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  const file = await (await download).path();
  expect(readFileSync(file, "utf8")).toBe(`3.${digits.slice(1)}`);

  await page.addScriptTag({ path: axe });
  expect(await page.evaluate("axe.run().then(({ violations }) => violations)")).toEqual([]);
});

test("plain JavaScript computes the same beside it, and each run is a point of the chart", async () => {
  await compute(2000);
  for (const name of [/Run BigInt/, /Run the spigot/]) {
    await page.getByRole("button", { name }).click();
    const words = status(/times as long as WebAssembly/);
    await words.waitFor();
    expect(await words.innerText()).not.toContain("differ");
    await page.waitForTimeout(100);
  }
  const table = page.getByRole("region", { name: "Times" }).getByRole("table");
  expect(await table.getByRole("row").count()).toBe(1 + 3);
  expect(await page.locator(".chart svg :is(circle, rect, path)").count()).toBe(3);
});

test("hexadecimal digits far out are verified by a second sum", async () => {
  await page.getByRole("button", { name: "Compute far digits" }).click();
  await status(/from position 1,000,000/).waitFor();
  expect(await page.locator(".found code").innerText()).toBe("26C65E52CB459350");
  expect(await status(/from position 1,000,000/).innerText()).toContain("agrees");
});

describe("with the keyboard alone", () => {
  test("a call is made, stopped, and made again", async () => {
    const input = page.getByLabel("Digits", { exact: true });
    await input.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("30000000");
    await page.keyboard.press("Enter");
    const stop = page.getByRole("button", { name: "Stop", exact: true });
    await stop.focus();
    await page.keyboard.press("Enter");
    await status(/Stopped/).waitFor();
    await input.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("50");
    await page.keyboard.press("Enter");
    await status(/50 digits in/).waitFor();
  });
});

test("ten million digits stay smooth", async () => {
  // Of the page's main thread the processor time counts: on a machine that is busy, a clock counts the others, too.
  await browser.startTracing(page, { categories: ["toplevel"] });
  await compute(10_000_000);
  await page.getByLabel("Look for").fill("12345678901");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await status(/is not among/).waitFor();
  const region = page.getByRole("region", { name: "The digits" });
  for (const share of [0.5, 1])
    await region.evaluate((box, share) => (box.scrollTop = box.scrollHeight * share), share);
  await page.waitForTimeout(200);
  expect(await region.innerText()).toContain("9,999,901");
  const tasks = mainThreadTasks(await browser.stopTracing());
  expect(tasks.length).toBeGreaterThan(100);
  const long = tasks.filter((milliseconds) => milliseconds > 50);
  console.log(`${long.length} of ${tasks.length} tasks took more than 50 ms: ${long.map(Math.round).join(", ")}`);
  expect(long).toEqual([]);
});

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** The processor time of a thread, in microseconds. */
  tdur?: number;
  args: { name?: string };
}

/** The processor time, in milliseconds, of each task of the threads on which pages run. */
function mainThreadTasks(trace: Buffer): number[] {
  const { traceEvents: events } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const named = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const renderers = new Set(named.map(thread));
  const tasks = events.filter((event) => event.tdur !== undefined && renderers.has(thread(event)));
  return tasks.map(({ tdur = 0 }) => tdur / 1000);
}
