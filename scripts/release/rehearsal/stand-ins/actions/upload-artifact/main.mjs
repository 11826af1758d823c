// @ts-check
// One file, one folder or one pattern. Of a path, what comes after the part before the first wildcard is kept, as the action
// keeps it; hidden files are left out, as there; the mode is lost, as there.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join, matchesGlob, relative, resolve } from "node:path";

const { env } = process;
const pattern = resolve(env.GITHUB_WORKSPACE ?? "", env.INPUT_PATH ?? "");
const parts = pattern.split("/");
const wild = parts.findIndex((part) => /[*?[]/.test(part));
const base = wild < 0 ? pattern : parts.slice(0, wild).join("/");

const files = !existsSync(base)
  ? []
  : statSync(base).isFile()
    ? [base]
    : readdirSync(base, { recursive: true })
        .map((file) => String(file))
        .filter((file) => !file.split("/").some((part) => part.startsWith(".")))
        .map((file) => join(base, file))
        .filter((file) => existsSync(file) && statSync(file).isFile() && (wild < 0 || matchesGlob(file, pattern)));
if (files.length === 0 && env["INPUT_IF-NO-FILES-FOUND"] === "error") {
  throw new Error(`No files were found with the provided path: ${env.INPUT_PATH}`);
}
const top = files[0] === base ? dirname(base) : base;
const artifact = join(env.REHEARSAL_ARTIFACTS ?? "", env.INPUT_NAME ?? "");
if (existsSync(artifact)) throw new Error(`an artifact with the name ${env.INPUT_NAME} already exists`);
for (const file of files) {
  const kept = join(artifact, relative(top, file));
  mkdirSync(dirname(kept), { recursive: true });
  copyFileSync(file, kept);
  chmodSync(kept, 0o644);
}
console.log(`${files.length} files are kept as ${env.INPUT_NAME}`);
