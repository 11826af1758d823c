// @ts-check
// Waits until the registry shows the main package of a release, as it was packed: until a maintainer has approved it. What
// speaks of the release to the world comes after. When nobody approved in time it fails, and is run again after the approval.
//
//   node scripts/release/released.mjs DIRECTORY [--minutes 300]
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { publishedIntegrity, registryOf } from "../../tools/addon-release/registry.mjs";
import { readRelease } from "../../tools/addon-release/tarballs.mjs";
import { project } from "./project.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: "string", default: "300" } },
});
const [directory] = positionals;
if (directory === undefined) throw new Error("usage: released.mjs DIRECTORY [--minutes MINUTES]");

const { main, version } = readRelease(directory, project);
const { name } = main.manifest;
const registry = await registryOf(process.env);
const deadline = Date.now() + Number(values.minutes) * 60_000;
for (let pause = 2_000; ; pause = Math.min(2 * pause, 60_000)) {
  const there = await publishedIntegrity(registry, name, version);
  if (there === main.integrity) break;
  if (there !== undefined) throw new Error(`${name}@${version} arrived as ${there}, not as ${main.integrity}`);
  if (Date.now() >= deadline) {
    throw new Error(`nobody approved ${name}@${version}: npm stage approve, then re-run the failed jobs`);
  }
  await sleep(pause);
}
console.log(`${name}@${version} is published`);
