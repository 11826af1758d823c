// @ts-check
// Makes what a GitHub Release carries: the packages, a Lambda layer for each architecture, what everything is made of
// (CycloneDX), the release notes, and the checksums of all of it.
//
//   node scripts/release/assets.mjs PACKAGES DIRECTORY
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readRelease } from "@compute-pi-rs/addon-release";
import { readManifest, root } from "../lib/paths.mjs";
import { section } from "./changelog.mjs";
import { addonBom, packageBom } from "./sbom.mjs";
import { stage } from "./stage.mjs";
import { project } from "./project.mjs";
import { zipFolder } from "./zip.mjs";

/** Lambda's architectures, and the platform package that each needs. */
const layers = { x64: "linux-x64-gnu", arm64: "linux-arm64-gnu" };

/**
 * @param {string} modules a folder of installed packages
 * @returns {Uint8Array} the layer: Lambda unpacks it in /opt, and Node.js finds its packages by NODE_PATH
 */
export function packLayer(modules) {
  return zipFolder(modules, "nodejs/node_modules");
}

/**
 * @param {string} packages the folder with the tarballs
 * @param {string} directory
 */
export async function makeAssets(packages, directory) {
  const { name } = readManifest(root);
  const { version, all } = readRelease(packages, project);
  mkdirSync(directory, { recursive: true });
  for (const { path } of all) copyFileSync(path, join(directory, basename(path)));

  const staged = mkdtempSync(join(tmpdir(), "compute-pi-rs-assets-"));
  try {
    await stage(packages, staged, Object.values(layers));
    for (const [architecture, platform] of Object.entries(layers)) {
      const modules = join(staged, platform, "node_modules");
      // npm's notes for itself.
      rmSync(join(modules, ".package-lock.json"), { force: true });
      rmSync(join(modules, ".bin"), { recursive: true, force: true });
      writeFileSync(join(directory, `${name}-${version}-lambda-layer-${architecture}.zip`), packLayer(modules));
    }
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
  writeFileSync(join(directory, `${name}-${version}-npm.cdx.json`), await packageBom());
  writeFileSync(join(directory, `${name}-${version}-rust.cdx.json`), await addonBom());

  const notes = section(readFileSync(join(root, "CHANGELOG.md"), "utf8"), version);
  if (!notes) throw new Error(`CHANGELOG.md says nothing about ${version}`);
  writeFileSync(join(directory, "notes.md"), `${notes}\n`);
  writeFileSync(join(directory, "SHA256SUMS"), checksums(directory));
}

/** @param {string} directory */
function checksums(directory) {
  return readdirSync(directory)
    .filter((file) => file !== "SHA256SUMS" && file !== "notes.md")
    .sort()
    .map(
      (file) =>
        `${createHash("sha256")
          .update(readFileSync(join(directory, file)))
          .digest("hex")}  ${file}\n`,
    )
    .join("");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [packages, directory] = process.argv.slice(2);
  if (packages === undefined || directory === undefined) throw new Error("usage: assets.mjs PACKAGES DIRECTORY");
  await makeAssets(packages, directory);
}
