import { builtin } from "./builtin";
import type { LoaderOptions } from "./options";

type Place = Pick<LoaderOptions<never>, "folder" | "package">;

/**
 * The folder of the checkout that a package is, such as one that `npm install PATH` has linked or copied. A published
 * package lists the packages of the platforms as optional dependencies, which a checkout never does.
 */
export function checkoutFolder({ folder, package: name }: Place): string | undefined {
  try {
    const path = builtin("node:path").join(folder());
    const text = builtin("node:fs").readFileSync(builtin("node:path").join(path, "package.json"), "utf8");
    const manifest = JSON.parse(text) as { name?: unknown; optionalDependencies?: unknown };
    return manifest.name === name && manifest.optionalDependencies === undefined ? path : undefined;
  } catch {
    return undefined;
  }
}

/** The binary that was built in the checkout. */
export function checkoutBinary(place: Place): string | undefined {
  try {
    const file = builtin("node:path").join(place.folder(), "index.node");
    // Mostly this look is all that it costs.
    return builtin("node:fs").existsSync(file) && checkoutFolder(place) !== undefined ? file : undefined;
  } catch {
    // In a bundle that has lost its place.
    return undefined;
  }
}
