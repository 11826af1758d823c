// @ts-check
// The table of docs/hosts.md, by the list that the tests run: `node scripts/docs/hosts.mjs` puts it in, and a test says when it
// is stale.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { format, resolveConfig } from "prettier";

import { hosts, pinned } from "../../test/hosts/hosts.mjs";
import { root } from "../lib/paths.mjs";

export const file = join(root, "docs", "hosts.md");

const TABLE = /<!-- hosts -->[^]*<!-- \/hosts -->/;

/**
 * The document with the table of now.
 *
 * @param {string} text
 */
export async function filled(text) {
  const kinds = [...new Set(hosts.map(({ kind }) => kind))];
  const tables = kinds.map((kind) =>
    [
      `## ${kind}`,
      "",
      "| tool | versions | set it up | tested |",
      "| --- | --- | --- | --- |",
      ...hosts.filter((host) => host.kind === kind).map(row),
    ].join("\n"),
  );
  const table = ["<!-- hosts -->", ...tables, "<!-- /hosts -->"].join("\n\n");
  return format(
    text.replace(TABLE, () => table),
    { ...(await resolveConfig(file)), parser: "markdown" },
  );
}

/** @param {import("../../test/hosts/hosts.mjs").Host} host */
function row({ tool, versions, setUp, tested }) {
  const numbers = versions.map((version) =>
    version.when === "each change" ? `**${pinned(version)}**` : pinned(version),
  );
  return `| ${[tool, numbers.join(", "), setUp, tested].join(" | ")} |`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(file, await filled(readFileSync(file, "utf8")));
}
