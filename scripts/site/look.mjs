// @ts-check
// Looks at the built site in Chromium, on the screens of a telephone, a laptop and a desk, light and dark: nothing fails to
// load, pages do not scroll sideways, diagrams are drawn, a page has one title, and axe finds nothing.
//
//   node scripts/site/look.mjs [--whole] [--screenshots FOLDER] [PAGE ...]
//
// PAGE is a file of the site, such as docs/scale.html. Without --whole, each page is looked at on one of the screens, and of
// the reference a page of each kind.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../lib/paths.mjs";
import { filesIn } from "../release/zip.mjs";
import { chromium } from "@compute-pi-rs/pinned-tools";
import { serveSite } from "./serve.mjs";

const require = createRequire(import.meta.url);
const playwright = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { whole: { type: "boolean" }, screenshots: { type: "string" } },
});

const site = join(root, "site");
/** rustdoc's pages are not ours to design. */
const pages = filesIn(site).filter((file) => file.endsWith(".html") && !file.startsWith("rust/"));
const unknown = positionals.filter((page) => !pages.includes(page));
if (unknown.length > 0) throw new Error(`the site has no ${unknown.join(", ")}`);
/** @param {string} file @param {number} index */
const firstOfReference = (file, index) =>
  !file.startsWith("api/") || pages.findIndex((other) => dirname(other) === dirname(file)) === index;
const chosen =
  positionals.length > 0 ? positionals : pages.filter((file, index) => values.whole || firstOfReference(file, index));
const screens = [390, 1024, 1600].flatMap((width) =>
  /** @type {const} */ (["light", "dark"]).map((colorScheme) => ({ width, colorScheme })),
);

const server = await serveSite(site, "/compute-pi-rs/");
const browser = await playwright.chromium.launch({
  executablePath: await chromium(),
  args: ["--no-sandbox", "--disable-gpu"],
});
let [looks, failed] = [0, 0];
try {
  for (const [index, screen] of screens.entries()) {
    const context = await browser.newContext({
      viewport: { width: screen.width, height: 900 },
      colorScheme: screen.colorScheme,
      reducedMotion: "reduce",
    });
    for (const [number, page] of chosen.entries()) {
      if (!values.whole && number % screens.length !== index) continue;
      looks += 1;
      const problems = await look(context, page, screen);
      for (const problem of problems) {
        console.error(`${page} at ${screen.width} pixels, ${screen.colorScheme}: ${problem}`);
      }
      if (problems.length > 0) failed += 1;
    }
    await context.close();
  }
} finally {
  await browser.close();
  server.close();
}
console.log(`${chosen.length} pages\n\n${looks - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && looks > 0 ? 0 : 1;

/**
 * @param {any} context
 * @param {string} path
 * @param {{ width: number, colorScheme: string }} screen
 * @returns {Promise<string[]>} what is wrong
 */
async function look(context, path, { width, colorScheme }) {
  /** @type {string[]} */
  const found = [];
  const page = await context.newPage();
  page.on("pageerror", (/** @type {Error} */ error) => found.push(`a script fails: ${error.message}`));
  const missing = path === "404.html";
  page.on("console", (/** @type {any} */ message) => {
    if (message.type() === "error" && !missing) found.push(`the console says: ${message.text()}`);
  });
  page.on("response", (/** @type {any} */ response) => {
    if (response.status() >= 400 && !missing) found.push(`${response.url()} answers ${response.status()}`);
  });
  page.on("request", (/** @type {any} */ request) => {
    if (!/^(data:|blob:)/.test(request.url()) && !request.url().startsWith(server.url))
      found.push(`it asks ${request.url()}`);
  });
  await page.goto(server.url + (missing ? "no/such/page" : path.replace(/(^|\/)index\.html$/, "$1")));
  await page.waitForFunction("document.querySelector('#app').__vue_app__ !== undefined");
  const drawn = () => [...document.querySelectorAll(".diagram")].every((diagram) => diagram.querySelector("svg"));
  await page.waitForFunction(drawn, undefined, { timeout: 10_000 }).catch(() => found.push("a diagram is not drawn"));
  found.push(...(await page.evaluate(examine)));

  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate("axe.run()");
  for (const { id, help, nodes } of violations)
    found.push(
      `axe, ${id}: ${help}: ${nodes.map((/** @type {any} */ node) => node.html.slice(0, 200)).join("\n    ")}`,
    );

  if (values.screenshots !== undefined) {
    mkdirSync(values.screenshots, { recursive: true });
    const name = `${path.replace(/\.html$/, "").replaceAll("/", "-")}-${width}-${colorScheme}.png`;
    await page.screenshot({ path: join(values.screenshots, name), fullPage: true });
  }
  await page.close();
  return found;
}

/** Runs in the page. @returns {string[]} */
function examine() {
  /** @type {string[]} */
  const found = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) {
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    const names = wide.slice(-3).map((element) => element.outerHTML.slice(0, 120));
    found.push(`it is ${scrollWidth} pixels wide: ${names.join(" ")}`);
  }
  const titles = [...document.querySelectorAll("h1")].map((title) => title.textContent?.replace("\u200b", "").trim());
  if (titles.length !== 1 && document.querySelector(".NotFound") === null)
    found.push(`its titles are ${titles.join(", ")}`);
  const parts = document.title.split(" | ");
  if (new Set(parts).size !== parts.length) found.push(`its title says a thing twice: ${document.title}`);
  if (document.querySelector(".language-mermaid") !== null) found.push("a diagram is shown as source");
  // Content that is cut off without a way to scroll to it.
  for (const element of document.querySelectorAll(".vp-doc table, .vp-doc pre, .vp-doc p, .vp-doc li, .diagram")) {
    const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX);
    if (!scrolls && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline")
      found.push(`a part runs over: ${element.outerHTML.slice(0, 120)}`);
  }
  for (const label of document.querySelectorAll(".diagram foreignObject")) {
    const needed = label.firstElementChild?.scrollHeight ?? 0;
    if (needed > label.clientHeight + 2) found.push(`a label of a diagram is cut off: ${label.textContent}`);
  }
  for (const image of document.querySelectorAll("img"))
    if (image.naturalWidth === 0) found.push(`an image is not shown: ${image.src}`);
  return found;
}
