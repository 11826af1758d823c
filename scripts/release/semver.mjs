// @ts-check
// Compares the public API of crate/pi with that of the newest version on crates.io: a change that breaks its users needs a
// version that says so. Before the first publication there is nothing to compare with, and this says that it did not run.
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { runOrThrow, shown } from "@compute-pi-rs/steps";
import { cargoTool } from "@compute-pi-rs/pinned-tools";
import { publishedVersions } from "./crate.mjs";

// A version of zeros holds the name only.
const published = (await publishedVersions()).filter((version) => !/^0\.0\.0/.test(version));
if (published.length === 0) {
  console.log("skipped: crates.io has no version to compare with");
} else {
  const command = await cargoTool("cargo-semver-checks", "0.51.0");
  const args = ["semver-checks", "--manifest-path", join(root, "crate", "pi", "Cargo.toml")];
  await runOrThrow(command, args, { cwd: root, ...shown });
}
