import { builtin } from "../modules";

/**
 * The folder of the checkout that this package is, such as one that `npm install PATH` has linked or copied. A published
 * package lists the packages of the platforms as optional dependencies, which a checkout never does.
 */
export function checkoutFolder(): string | undefined {
  try {
    const folder = builtin("node:path").join(__dirname, "..");
    const text = builtin("node:fs").readFileSync(`${folder}/package.json`, "utf8");
    const manifest = JSON.parse(text) as { name?: unknown; optionalDependencies?: unknown };
    return manifest.name === "compute-pi-rs" && manifest.optionalDependencies === undefined ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** The binary that was built in the checkout. */
export function checkoutBinary(): string | undefined {
  try {
    const file = builtin("node:path").join(__dirname, "..", "index.node");
    // Mostly this look is all that it costs.
    return builtin("node:fs").existsSync(file) && checkoutFolder() !== undefined ? file : undefined;
  } catch {
    // In a bundle that has lost its place.
    return undefined;
  }
}
