// @ts-check
// What the packages are made of, as CycloneDX.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readManifest, root } from "../lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { cargoTool } from "@compute-pi-rs/pinned-tools";

/** The libraries that tsup puts into the package's files: users get them, though npm does not know. */
export const bundled = ["commander", "fflate"];

/**
 * The main package, what npm installs with it, and what is bundled into it.
 *
 * @returns {Promise<string>} JSON
 */
export async function packageBom() {
  const { stdout } = await runOrThrow(
    "npm",
    ["sbom", "--sbom-format=cyclonedx", "--sbom-type=library", "--package-lock-only"],
    { cwd: root },
  );
  /** @type {{ metadata: { component: { name: string, "bom-ref": string } }, components: { name: string, "bom-ref": string }[], dependencies: { ref: string, dependsOn: string[] }[] }} */
  const bom = JSON.parse(stdout);
  const { name, dependencies = {} } = readManifest(root);
  // npm names it after its folder.
  bom.metadata.component.name = name;

  const direct = [...Object.keys(dependencies), ...bundled];
  const edges = new Map(bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const top = edges.get(bom.metadata.component["bom-ref"]) ?? [];
  const names = new Map(bom.components.map((component) => [component["bom-ref"], component.name]));
  const shipped = new Set(top.filter((ref) => direct.includes(names.get(ref) ?? "")));
  for (const ref of shipped) for (const next of edges.get(ref) ?? []) shipped.add(next);

  bom.components = bom.components.filter((component) => shipped.has(component["bom-ref"]));
  bom.dependencies = bom.dependencies
    .filter(({ ref }) => shipped.has(ref) || ref === bom.metadata.component["bom-ref"])
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => shipped.has(each)) }));
  return `${JSON.stringify(bom, null, 2)}\n`;
}

/**
 * The crates that are compiled into the binaries, on all platforms.
 *
 * @returns {Promise<string>} JSON
 */
export async function addonBom() {
  const command = await cargoTool("cargo-cyclonedx", "0.5.9");
  const addon = join(root, "crate", "addon");
  const name = "addon-bom";
  const flags = ["--format", "json", "--spec-version", "1.5", "--target", "all", "--no-build-deps"];
  await runOrThrow(command, ["cyclonedx", ...flags, "--override-filename", name], { cwd: addon });
  // It writes a file beside the manifest of every member of the workspace.
  const written = `crate/*/${name}.json`;
  const { stdout } = await runOrThrow("git", ["ls-files", "--others", "--", written], { cwd: root });
  const bom = readFileSync(join(addon, `${name}.json`), "utf8");
  for (const file of stdout.split("\n").filter(Boolean)) rmSync(join(root, file));
  return bom;
}
