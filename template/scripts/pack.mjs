// @ts-check
/**
 * Packs what is published into `packages`: the binaries that were built, one package each, and the package that depends on all of
 * them optionally. With --all, every platform's binary has to be there.
 *
 * usage: npm run pack:all [-- --all]
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildScripts } from "./build.mjs";
import { binaryOf, manifest, root, run } from "./lib.mjs";

/** @param {boolean} all @returns {string[]} the paths of the tarballs, the main package last */
export function pack(all) {
  buildScripts();
  const names = Object.keys(manifest.platforms);
  const built = names.filter((platform) => existsSync(binaryOf(platform)));
  const missing = names.filter((platform) => !built.includes(platform));
  if (all && missing.length > 0) throw new Error(`there is no binary for ${missing.join(", ")}`);
  const destination = join(root, "packages");
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(destination);
  const platforms = built.map((platform) =>
    packed(destination, (folder) => {
      cpSync(join(root, "platforms", platform), folder, { recursive: true });
      writeFileSync(join(folder, "NOTICES.txt"), notices(String(manifest.platforms[platform])));
    }),
  );
  const main = packed(destination, (folder) => {
    for (const file of ["README.md", "dist"]) cpSync(join(root, file), join(folder, file), { recursive: true });
    const { scripts: _, devDependencies: __, ...published } = manifest;
    const optionalDependencies = Object.fromEntries(
      names.map((platform) => [`${manifest.name}-${platform}`, manifest.version]),
    );
    writeFileSync(join(folder, "package.json"), JSON.stringify({ ...published, optionalDependencies }, null, 2));
  });
  return [...platforms, main];
}

/** @param {string} destination @param {(folder: string) => void} fill */
function packed(destination, fill) {
  const folder = mkdtempSync(join(tmpdir(), "{{name}}-pack-"));
  fill(folder);
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  const [report] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", destination], { cwd: folder, quiet: true }));
  rmSync(folder, { recursive: true });
  return join(destination, report.filename);
}

/** The licences of the crates that a binary is linked with ask that their texts come with it. @param {string} target */
function notices(target) {
  const cargo = ["--locked", "--manifest-path", join("crate", "Cargo.toml")];
  const shown = ["--edges", "normal,no-proc-macro", "--target", target, "--prefix", "none", "--format", "{p}"];
  const linked = new Set(run("cargo", ["tree", ...cargo, ...shown], { quiet: true }).split("\n"));
  /** @type {{ name: string, version: string, license: string, source: string | null, manifest_path: string }[]} */
  const crates = JSON.parse(run("cargo", ["metadata", "--format-version=1", ...cargo], { quiet: true })).packages;
  const texts = crates
    .filter(({ name, version, source }) => source !== null && [...linked].some((l) => l.startsWith(`${name} v${version}`)))
    .map(({ name, version, license, manifest_path: path }) => {
      const files = readdirSync(dirname(path)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
      const text = files.map((file) => readFileSync(join(dirname(path), file), "utf8").trim()).join("\n\n");
      return `${"-".repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
    });
  return `The binary in this package is linked with these crates.\n\n${texts.join("\n")}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const path of pack(process.argv.includes("--all"))) console.log(path);
}
