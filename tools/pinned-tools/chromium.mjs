// @ts-check
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { installPackages } from "./debian.mjs";

const NAMES = ["chromium", "google-chrome", "chrome"];

/**
 * The Chromium of this machine: the one that `CHROMIUM` names, the one on the path, or Debian's, installed now.
 *
 * @returns {Promise<string>} its file
 */
export async function chromium() {
  const named = process.env.CHROMIUM || onPath();
  if (named) return named;
  const problem = await installPackages(["chromium"]);
  const installed = onPath();
  if (installed === undefined) throw new Error(`there is no Chromium: name one in CHROMIUM. ${problem ?? ""}`);
  return installed;
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
