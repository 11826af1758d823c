// @ts-check
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { runOrThrow } from "@compute-pi-rs/steps";
import { root } from "../lib/paths.mjs";

const repository = "https://github.com/compute-pi-rs/compute-pi-rs";

/** The documents of the repository that are pages: what git has of these. */
const DOCUMENTS = ["*.md", "docs/*.md", "docs/*.svg", "examples/*/README.md", "docker/README.md"];

/**
 * Copies the documents, in the folders that they have, so that the links among them hold. Their links to other
 * files of the repository lead to GitHub.
 *
 * @param {string} folder
 * @param {string} revision that links to GitHub name
 */
export async function copyPages(folder, revision) {
  const { stdout } = await runOrThrow("git", ["ls-files", "--", ...DOCUMENTS.map((glob) => `:(glob)${glob}`)], {
    cwd: root,
  });
  const files = stdout.trim().split("\n");
  for (const file of files) {
    const target = join(folder, pageOf(file));
    mkdirSync(dirname(target), { recursive: true });
    if (!file.endsWith(".md")) {
      cpSync(join(root, file), target);
      continue;
    }
    const text = readFileSync(join(root, file), "utf8");
    const linked = text.replace(
      /\]\((?!\w+:|#)([^)#\s]+)(#[^)\s]*)?\)/g,
      (_, /** @type {string} */ link, anchor = "") => {
        const path = relative(root, resolve(root, dirname(file), link));
        if (files.includes(path)) return `](${pageOf(link)}${anchor})`;
        if (!existsSync(join(root, path))) throw new Error(`${file} links to ${link}, which is not there`);
        const kind = statSync(join(root, path)).isDirectory() ? "tree" : "blob";
        return `](${repository}/${kind}/${revision}/${path}${anchor})`;
      },
    );
    writeFileSync(target, linked);
  }
}

/** A folder's README is the page of the folder. @param {string} path */
function pageOf(path) {
  return path.replace(/(^|\/)README\.md$/, "$1index.md");
}
