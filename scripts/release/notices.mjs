// @ts-check
// The licences of the crates that are linked into a binary ask that their texts come with it. cargo says which crates these
// are, for one platform; the texts are in their sources.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../lib/paths.mjs";
import { addonManifest, crateMetadata } from "./crates.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";

/** The file of a platform package that holds them. */
export const noticesFile = "NOTICES.txt";

/** @typedef {import("./crates.mjs").Crate} Crate */

/**
 * @param {string} target of Rust
 * @returns {Promise<Crate[]>} the crates of others that the addon's binary for it is linked with, sorted
 */
export async function linkedCrates(target) {
  // Macros work at compile time and are in no binary.
  const choice = ["--edges", "normal,no-proc-macro", "--target", target];
  const format = ["--prefix", "none", "--format", "{p}"];
  const { stdout } = await runOrThrow(
    "cargo",
    ["tree", "--locked", "--manifest-path", addonManifest, ...choice, ...format],
    { cwd: root },
  );
  const named = new Set(stdout.split("\n").map((line) => line.split(" ").slice(0, 2).join(" ")));
  return (await crateMetadata()).packages
    .filter(({ name, version, source }) => source !== null && named.has(`${name} v${version}`))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/**
 * The text of the licence under which a crate is used: MIT where there is a choice, else the only one.
 *
 * @param {Pick<Crate, "name" | "version" | "license" | "authors" | "manifest_path">} crate
 * @returns {string}
 * @throws {Error} when its sources bring none: somebody has to look, and say here what holds
 */
export function licenceText({ name, version, license, authors, manifest_path: manifest }) {
  const folder = dirname(manifest);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const choices = (license ?? "").split(/\s+OR\s+|\//);
  const chosen = choices.includes("MIT") ? "MIT" : choices[0];
  const file =
    files.find((each) => new RegExp(`[-.]${chosen?.split("-")[0]}\\b`, "i").test(each)) ??
    (choices.length === 1 ? files.find((each) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(each)) : undefined);
  if (file !== undefined) return readFileSync(join(folder, file), "utf8").trim();
  // The text of MIT is the same for all but for the names in it.
  if (chosen === "MIT" && files.length === 0 && authors.length > 0) return mit(authors);
  throw new Error(`${name} ${version} (${license}) brings no text of its licence among [${files.join(", ")}]`);
}

/** @param {readonly string[]} authors */
function mit(authors) {
  const names = authors.map((author) => author.replace(/ *<.*>/, "")).join(", ");
  return readFileSync(join(root, "LICENSE"), "utf8")
    .replace(/^Copyright .*$/m, `Copyright (c) ${names}`)
    .trim();
}

/**
 * @param {string} target of Rust
 * @returns {Promise<string>} the notices of its binary
 */
export async function notices(target) {
  const entries = (await linkedCrates(target)).map(
    (crate) => `${"-".repeat(80)}\n${crate.name} ${crate.version} (${crate.license})\n\n${licenceText(crate)}\n`,
  );
  return `The binary in this package is linked with these crates, each under the licence below its name.\n\n${entries.join("\n")}`;
}
