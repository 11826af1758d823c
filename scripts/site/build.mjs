// @ts-check
// Builds the documentation's site into `site/` with VitePress: the documents, TypeDoc's pages of the package, and rustdoc's site of
// the crate below `rust/`. Warnings and broken links are errors.
import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installFromLockfile, runOrThrow, shown } from "@compute-pi-rs/steps";
import { build } from "tsup";
import { readManifest, root } from "../lib/paths.mjs";
import { buildModules } from "../wasm/build.mjs";
import { checkLinks } from "./links.mjs";
import { copyPages } from "./pages.mjs";

const generator = join(root, "scripts", "site");
const site = join(root, "site");
const pages = join(generator, "pages");
const rustdoc = join(root, "crate", "target", "doc");
const revision = `v${readManifest(root).version}`;

installFromLockfile(generator, ["--ignore-scripts"]);
for (const folder of [site, pages, rustdoc]) rmSync(folder, { recursive: true, force: true });
await copyPages(pages, revision);
cpSync(join(generator, "pi.md"), join(pages, "pi.md"));
if (!existsSync(join(root, "dist", "web", "pi.js"))) {
  await buildModules(true);
  // TypeDoc reads the sources: nobody needs declarations.
  await build({ config: join(root, "tsup.config.ts"), silent: true, dts: false });
}
const npx = (/** @type {string[]} */ ...args) =>
  runOrThrow("npx", ["--no-install", ...args], { cwd: generator, ...shown });
await npx("typedoc", "--gitRevision", revision);
writeFileSync(join(pages, "api", "typedoc-sidebar.json"), JSON.stringify(sidebar(), undefined, 2));
await npx("vitepress", "build", ".");
await runOrThrow("cargo", ["doc", "--no-deps", "--locked", "--package", "compute-pi-rs"], {
  cwd: join(root, "crate"),
  env: { ...process.env, RUSTDOCFLAGS: "-D warnings" },
  ...shown,
});
cpSync(rustdoc, join(site, "rust"), { recursive: true });
// rustdoc links to an index of all crates, and makes none for a single one.
writeFileSync(
  join(site, "rust", "index.html"),
  '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=compute_pi/index.html"><title>compute-pi</title><a href="compute_pi/index.html">compute-pi</a>\n',
);

const { checked, broken } = await checkLinks(site, "https://compute-pi-rs.github.io/compute-pi-rs");
for (const link of broken) console.error(link);
console.log(`${checked} links are checked, ${broken.length} are broken`);
process.exitCode = broken.length === 0 ? 0 : 1;

/** The pages of TypeDoc by their kind, for the side of the site. */
function sidebar() {
  const api = join(pages, "api");
  return readdirSync(api, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      text: `${name.charAt(0).toUpperCase()}${name.slice(1).replace("-", " ")}`,
      items: readdirSync(join(api, name)).map((file) => {
        const text = file.replace(/\.md$/, "");
        return { text, link: `/api/${name}/${text}` };
      }),
    }));
}
