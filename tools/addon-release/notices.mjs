// @ts-check
// The licences of the crates that are linked into a binary ask that their texts come with it. cargo says which crates these
// are, for one platform; the texts are in their sources.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { linkedCrates } from "./crates.mjs";

/** The file of a platform package that holds them. */
export const noticesFile = "NOTICES.txt";

/**
 * The text of the licence under which a crate is used: MIT where there is a choice, else the only one.
 *
 * @param {Pick<import("./crates.mjs").Crate, "name" | "version" | "license" | "authors" | "manifest_path">} crate
 * @returns {string}
 * @throws {Error} when its sources bring none: somebody has to look, and say here what holds
 */
export function licenceText({ name, version, license, authors, manifest_path: manifest }) {
  const folder = dirname(manifest);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const choices = (license ?? "").split(/\s+OR\s+|\//);
  const chosen = choices.includes("MIT") ? "MIT" : choices[0];
  const file =
    files.find((each) => new RegExp(`[-._]${chosen?.split("-")[0]}\\b`, "i").test(each)) ??
    (choices.length === 1 ? files.find((each) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(each)) : undefined);
  if (file !== undefined) return readFileSync(join(folder, file), "utf8").trim();
  // The text of MIT is the same for all but for the names in it.
  if (chosen === "MIT" && files.length === 0 && authors.length > 0) return mit(authors);
  throw new Error(`${name} ${version} (${license}) brings no text of its licence among [${files.join(", ")}]`);
}

/** @param {readonly string[]} authors */
function mit(authors) {
  const names = authors.map((author) => author.replace(/ *<.*>/, "")).join(", ");
  // This package's own is MIT.
  return readFileSync(new URL("LICENSE", import.meta.url), "utf8")
    .replace(/^Copyright .*$/m, `Copyright (c) ${names}`)
    .trim();
}

/**
 * @param {string} manifest the addon's Cargo.toml
 * @param {string} target of Rust
 * @returns {Promise<string>} the notices of its binary
 */
export async function notices(manifest, target) {
  const entries = (await linkedCrates(manifest, target)).map(
    (crate) => `${"-".repeat(80)}\n${crate.name} ${crate.version} (${crate.license})\n\n${licenceText(crate)}\n`,
  );
  return `The binary in this package is linked with these crates, each under the licence below its name.\n\n${entries.join("\n")}`;
}
