// @ts-check
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { pythonTools } from "@compute-pi-rs/pinned-tools";
import { run } from "@compute-pi-rs/steps";

/** rustdoc marks lines of source with a script, and asks for who else implements a trait where nobody does. */
const unchecked = [String.raw`\.rs\.html#\d`, String.raw`/trait\.impl/`];

/**
 * Lets lychee (github.com/lycheeverse/lychee) follow every link of a static site that stays on it, to the file and to the
 * place in the file.
 *
 * @param {string} site its folder
 * @param {string} address the public one, without a slash at the end
 * @returns {Promise<{ checked: number, broken: string[] }>} each broken link as `page → link`
 */
export async function checkLinks(site, address) {
  // Links that begin with a slash have the site's own folder in them.
  const server = mkdtempSync(join(tmpdir(), "compute-pi-rs-links-"));
  const folder = join(server, new URL(address).pathname);
  try {
    symlinkSync(site, folder);
    const program = join(await pythonTools("links"), "lychee");
    const flags = [
      "--offline",
      "--include-fragments",
      "--index-files",
      "index.html",
      "--format",
      "json",
      "--no-progress",
    ];
    const places = ["--root-dir", server, "--remap", `${address} ${pathToFileURL(folder).href}`];
    const excluded = unchecked.flatMap((pattern) => ["--exclude", pattern]);
    const { stdout, stderr } = await run(program, [...flags, ...places, ...excluded, `${folder}/**/*.html`]);
    if (!stdout.startsWith("{")) throw new Error(`lychee: ${stderr}`);
    /** @type {{ successful: number, errors: number, error_map: Record<string, { url: string }[]> }} */
    const report = JSON.parse(stdout);
    const broken = Object.entries(report.error_map).flatMap(([page, links]) =>
      links.map(({ url }) => `${relative(folder, page)} → ${within(url, folder)}`),
    );
    return { checked: report.successful + report.errors, broken };
  } finally {
    rmSync(server, { recursive: true });
  }
}

/** @param {string} url @param {string} folder */
function within(url, folder) {
  const { hash, protocol } = new URL(url);
  return protocol === "file:" ? relative(folder, fileURLToPath(url)) + hash : url;
}
