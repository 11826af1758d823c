#!/usr/bin/env node
// @ts-check
import { parseArgs } from "node:util";

const usage = `usage, in the top folder of a repository with an addon:
  addon-release build [PLATFORM… [--cross]]                 this machine's binary into index.node, or those of platforms
  addon-release pack [--all]                                what is published, into packages; with --all, every platform
  addon-release publish DIRECTORY [--stage] [--dry-run]     what was packed, the main package last`;

const [command, ...args] = process.argv.slice(2);
const root = process.cwd();

try {
  if (command === "build") await build();
  else if (command === "pack") await pack();
  else if (command === "publish") await publish();
  else throw new Error(usage);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function build() {
  const { buildHere, buildPlatform } = await import("./layout.mjs");
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { cross: { type: "boolean" } } });
  if (positionals.length === 0) await buildHere(root);
  for (const platform of positionals) await buildPlatform(root, platform, { cross: values.cross ?? false });
}

async function pack() {
  const { packAll } = await import("./layout.mjs");
  const { values } = parseArgs({ args, options: { all: { type: "boolean" } } });
  for (const { tarball } of await packAll(root, { all: values.all ?? false })) console.log(tarball);
}

/** Nothing but Node.js' own modules is loaded here. */
async function publish() {
  const { readFileSync } = await import("node:fs");
  const { projectOf } = await import("./project.mjs");
  const { publishCommand } = await import("./publish.mjs");
  await publishCommand(args, projectOf(JSON.parse(readFileSync("package.json", "utf8"))));
}
