// @ts-check
// Publishes what `npm run pack:all -- --all` packed, the package that depends on the others last. Safe to run again: what is there
// is skipped. It needs Node.js and npm only, so that what may publish runs nobody else's code.
import { join } from "node:path";
import { manifest, root, run } from "./lib.mjs";

const names = [...Object.keys(manifest.platforms).map((platform) => `${manifest.name}-${platform}`), manifest.name];
for (const name of names) {
  const registry = run("npm", ["config", "get", "registry"], { quiet: true }).trim();
  const answer = await fetch(new URL(name.replace("/", "%2f"), registry));
  if (!answer.ok && answer.status !== 404) throw new Error(`${registry} says ${answer.status} about ${name}`);
  if (answer.ok && manifest.version in (await answer.json()).versions) {
    console.log(`${name} ${manifest.version} is there`);
    continue;
  }
  const file = `${name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`;
  run("npm", ["publish", join(root, "packages", file), "--access=public", "--ignore-scripts"]);
}
