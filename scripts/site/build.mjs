// @ts-check
// Builds the documentation's site into `site/`: TypeDoc for the package, rustdoc for the crate below `rust/`. Warnings
// and broken links are errors.
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest, root } from "../lib/paths.mjs";
import { runOrThrow } from "../lib/run.mjs";
import { checkLinks } from "./links.mjs";

const site = join(root, "site");
const rustdoc = join(root, "crate", "target", "doc");
const { version } = readManifest(root);

rmSync(site, { recursive: true, force: true });
rmSync(rustdoc, { recursive: true, force: true });
const typedoc = ["typedoc", "--options", join("scripts", "site"), "--gitRevision", `v${version}`];
await runOrThrow("npx", ["--no-install", ...typedoc], { cwd: root, echo: true });
await runOrThrow("cargo", ["doc", "--no-deps", "--locked", "--package", "compute-pi-rs"], {
  cwd: join(root, "crate"),
  env: { ...process.env, RUSTDOCFLAGS: "-D warnings" },
  echo: true,
});
cpSync(rustdoc, join(site, "rust"), { recursive: true });
// rustdoc links to an index of all crates, and makes none for a single one.
writeFileSync(
  join(site, "rust", "index.html"),
  '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=compute_pi/index.html"><title>compute-pi</title><a href="compute_pi/index.html">compute-pi</a>\n',
);

const { checked, broken } = checkLinks(site, "https://compute-pi-rs.github.io/compute-pi-rs/");
for (const link of broken) console.error(link);
console.log(`${checked} links are checked, ${broken.length} are broken`);
process.exitCode = broken.length === 0 ? 0 : 1;
