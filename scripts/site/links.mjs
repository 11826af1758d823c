// @ts-check
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "node-html-parser";
import { filesIn } from "../release/zip.mjs";

/**
 * Follows every link of a static site that stays on it, to the file and to the place in the file.
 *
 * @param {string} site its folder
 * @param {string} base its public address, with a slash at the end
 * @returns {{ checked: number, broken: string[] }} each broken link as `page → link`
 */
export function checkLinks(site, base) {
  const pages = filesIn(site).filter((file) => file.endsWith(".html"));
  const documents = new Map(pages.map((page) => [page, parse(readFileSync(join(site, page), "utf8"))]));
  /** @type {Map<string, Set<string>>} */
  const anchors = new Map();
  /** @param {string} page */
  function anchorsOf(page) {
    const known = anchors.get(page);
    if (known !== undefined) return known;
    const elements = documents.get(page)?.querySelectorAll("[id], a[name]") ?? [];
    const found = new Set(elements.flatMap((element) => [element.getAttribute("id"), element.getAttribute("name")]));
    const names = new Set([...found].filter((name) => name !== undefined));
    anchors.set(page, names);
    return names;
  }

  /** @param {string} page @param {string} link */
  function works(page, link) {
    const url = new URL(link, new URL(page, base));
    if (!url.href.startsWith(base)) return undefined;
    // rustdoc asks for who else implements a trait, and makes no such file where nobody does.
    if (url.pathname.includes("/trait.impl/")) return undefined;
    const path = join(site, decodeURIComponent(url.pathname.slice(new URL(base).pathname.length)));
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "index.html") : path;
    if (!existsSync(file)) return false;
    const anchor = url.hash.slice(1);
    // rustdoc marks lines of source with a script.
    const line = /^\d+(-\d+)?$/.test(anchor);
    if (anchor === "" || line || !file.endsWith(".html")) return true;
    const there = anchorsOf(relative(site, file));
    // Some of rustdoc's names are percent-encoded themselves.
    return there.has(anchor) || there.has(decodeURIComponent(anchor));
  }

  let checked = 0;
  /** @type {string[]} */
  const broken = [];
  for (const [page, document] of documents) {
    const links = document
      .querySelectorAll("[href], [src]")
      .map((element) => element.getAttribute("href") ?? element.getAttribute("src"));
    for (const link of new Set(links)) {
      if (link === undefined) continue;
      const good = works(page, link);
      if (good !== undefined) checked += 1;
      if (good === false) broken.push(`${page} → ${link}`);
    }
  }
  return { checked, broken };
}
