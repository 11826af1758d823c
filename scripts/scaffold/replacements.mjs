// @ts-check
import { join } from "node:path";
import { root } from "../lib/paths.mjs";

/**
 * The texts for the words in double braces of the template.
 *
 * @param {{ name: string, repository: string }} options
 * @param {string} version of this repository; before the first release, its crates are named by their paths, and its packages come along
 * @returns {Record<string, string>}
 */
export function replacements({ name, repository }, version) {
  if (!/^(@[a-z\d][\w.-]*\/)?[a-z\d][a-z\d._-]*$/.test(name)) throw new Error(`${name} is no name of a package on npm`);
  if (!/^https:\/\/[^\s/]+\/\S+[^/]$/.test(repository)) throw new Error(`${repository} is no address of a repository`);
  const short = name.replace(/^@.*\//, "");
  const published = version !== "0.0.0";
  const check = published
    ? "binary-check"
    : `cargo run --quiet --locked --manifest-path ${join(root, "crate", "Cargo.toml")} --package binary-check --`;
  const boundary = published ? `"${version}"` : `{ path = "${join(root, "crate", "boundary").replaceAll("\\", "/")}" }`;
  const word = short.toUpperCase().replace(/\W/g, "_");
  return {
    package: name,
    name: short,
    crate: `${short.replace(/\W/g, "-")}-addon`,
    repository: repository.replace(/\.git$/, ""),
    variable: name.replace("@", "").toUpperCase().replace(/\W/g, "_"),
    code: `ERR_${word}`,
    boundary,
    version,
    parts: published
      ? ""
      : "`neon-boundary` and `binary-check` are not published yet: `crate/Cargo.toml` and `package.json` name them by their paths in a checkout " +
        "of compute-pi-rs, without which nothing here builds. Nor are the packages in `vendor`, where `package-lock.json` finds them. Until they are, this one cannot be published.\n",
    check: JSON.stringify(check).slice(1, -1),
  };
}
