// @ts-check
// The components of the packages, as CycloneDX.
import { join } from "node:path";
import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import { PackageURL } from "packageurl-js";
import { crateMetadata } from "@compute-pi-rs/addon-release";
import { addonManifest, readManifest, root } from "../lib/paths.mjs";
import { readToml, runOrThrow } from "@compute-pi-rs/steps";

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
 * The crates that are linked into the binaries, on all platforms together.
 *
 * @returns {Promise<string>} JSON
 */
export async function addonBom() {
  const { packages, resolve } = await crateMetadata(addonManifest);
  const checksums = lockedChecksums();
  const byId = new Map(packages.map((each) => [each.id, each]));
  const edges = new Map(resolve.nodes.map(({ id, deps }) => [id, deps]));

  /** @type {Map<string, Models.Component>} */
  const components = new Map();
  /** @param {string} id */
  function visit(id) {
    const known = components.get(id);
    if (known) return known;
    const crate = /** @type {import("@compute-pi-rs/addon-release").Crate} */ (byId.get(id));
    const component = crateComponent(crate, checksums.get(`${crate.name} ${crate.version}`));
    components.set(id, component);
    for (const { pkg, dep_kinds: kinds } of edges.get(id) ?? []) {
      // Macros work at compile time, as build scripts do, and are in no binary.
      const macro = byId.get(pkg)?.targets.some(({ kind }) => kind.includes("proc-macro"));
      if (!macro && kinds.some(({ kind }) => kind === null)) component.dependencies.add(visit(pkg).bomRef);
    }
    return component;
  }

  const top = packages.find(({ manifest_path: path }) => path === addonManifest);
  if (!top) throw new Error(`cargo does not know ${addonManifest}`);
  const component = visit(top.id);
  components.delete(top.id);
  const bom = new Models.Bom({
    components: new Models.ComponentRepository(components.values()),
    metadata: new Models.Metadata({ component }),
  });
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

/**
 * @param {import("@compute-pi-rs/addon-release").Crate} crate
 * @param {string | undefined} checksum of its archive, SHA-256; none for a crate of this repository
 */
function crateComponent({ name, version, license, source }, checksum) {
  const purl = new PackageURL("cargo", undefined, name, version).toString();
  const component = new Models.Component(Enums.ComponentType.Library, name, { bomRef: purl, purl, version });
  // Cargo's older way to write OR.
  if (license !== null) component.licenses.add(new Models.LicenseExpression(license.replaceAll("/", " OR ")));
  if (source !== null && checksum !== undefined) component.hashes.set(Enums.HashAlgorithm["SHA-256"], checksum);
  return component;
}

/** @returns {Map<string, string>} the checksums of the crates that come from a registry, by name and version */
function lockedChecksums() {
  /** @type {{ package: { name: string, version: string, checksum?: string }[] }} */
  const lock = readToml(join(root, "crate", "Cargo.lock"));
  return new Map(
    lock.package.flatMap(({ name, version, checksum }) => (checksum ? [[`${name} ${version}`, checksum]] : [])),
  );
}
