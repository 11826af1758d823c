// @ts-check
// Compares the public API of each crate with that of its newest version on crates.io: a change that breaks its users needs a
// version that says so. Before the first publication there is nothing to compare with, and this says that it did not run.
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { runOrThrow, shown } from "@compute-pi-rs/steps";
import { cargoTool } from "@compute-pi-rs/pinned-tools";
import { crates, publishedVersions } from "./crate.mjs";

for (const crate of crates) {
  // A version of zeros holds the name only.
  const published = (await publishedVersions(crate)).filter((version) => !/^0\.0\.0/.test(version));
  if (published.length === 0) {
    console.log(`skipped: crates.io has no version of ${crate} to compare with`);
    continue;
  }
  const command = await cargoTool("cargo-semver-checks", "0.51.0");
  const args = ["semver-checks", "--manifest-path", join(root, "crate", "Cargo.toml"), "--package", crate];
  await runOrThrow(command, args, { cwd: root, ...shown });
}
