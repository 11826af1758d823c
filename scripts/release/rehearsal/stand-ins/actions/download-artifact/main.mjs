// @ts-check
import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, matchesGlob, resolve } from "node:path";

const { env } = process;
const artifacts = env.REHEARSAL_ARTIFACTS ?? "";
const folder = resolve(env.GITHUB_WORKSPACE ?? "", env.INPUT_PATH || ".");
const { INPUT_NAME: name, INPUT_PATTERN: pattern } = env;
if (name && !existsSync(join(artifacts, name))) throw new Error(`Artifact not found for name: ${name}`);
const names = readdirSync(artifacts).filter((each) => (name ? each === name : matchesGlob(each, pattern || "*")));
mkdirSync(folder, { recursive: true });
for (const each of names) {
  const merged = name || env["INPUT_MERGE-MULTIPLE"] === "true";
  cpSync(join(artifacts, each), merged ? folder : join(folder, each), { recursive: true });
}
console.log(`${names.join(", ")} → ${folder}`);
