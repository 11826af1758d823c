import { createLoader, type Loader, mayHaveWorkers } from "@compute-pi-rs/addon-loader";

import { lambdaMemory } from "../lambda";
import { builtin } from "../modules";
import { isRecord } from "../options";
import { platforms, version } from "../version";
import { type Addon, EXPORTS } from "./addon";
import { NativeBinaryError } from "./error";
import { packages } from "./packages";
import { detectedPlatform, withoutReport } from "./platform";

/** The addon, and the platform that it was loaded for. */
export interface Native {
  addon: Addon;
  platform: string;
}

const loader: Loader<Addon> = createLoader<Addon>({
  package: "compute-pi-rs",
  version,
  variable: "COMPUTE_PI_RS_BINARY",
  binaries: Object.fromEntries(platforms.map((platform) => [platform, packaged])),
  packageOf: (platform) => `@compute-pi-rs/${platform}`,
  finder: "@neon-rs/load",
  resolve: (name) => packages().load.resolve(name),
  main: "./index.cjs",
  folder: () => builtin("node:path").join(__dirname, ".."),
  exports: EXPORTS,
  recognisedBy: ["info", "createJob", "digits"],
  versionOf: (addon) => {
    const told: unknown = addon.info();
    return isRecord(told) ? told.version : undefined;
  },
  error: (report) => new NativeBinaryError(report),
  glibc: "2.26",
  buildAddon: "npm run build:addon",
  platform: detectedPlatform,
  remedies: (problem) =>
    !mayHaveWorkers() && chosenBinary() === undefined && problem !== "mismatched"
      ? ["Or start Node.js with --allow-worker beside --permission: WebAssembly computes then, which is slower."]
      : [],
});

/** The file that the environment names, to be loaded instead of the platform's package. */
export const chosenBinary = loader.chosen;

/** The binary of the platform's package. */
function packaged(): object {
  const { neonLoad, binaries } = packages();
  return withoutReport(() => {
    const lazy: unknown = neonLoad().proxy({ platforms: binaries });
    // It loads on the first look at it; a copy spares each later call the detour.
    return Object.assign({}, lazy);
  });
}

let loaded: Native | undefined;

/**
 * The addon of this platform, loaded on first use, or when the package is imported into a Lambda function.
 *
 * @throws NativeBinaryError
 */
export function loadNative(): Native {
  return (loaded ??= { addon: loader.load(), platform: loader.platform() });
}

// A Lambda function has a whole CPU while it is imported, and a fraction of one for its first call. Other programs may
// never call.
if (lambdaMemory() !== undefined) {
  try {
    loadNative();
  } catch {
    // An import never fails: the call that needs the addon tells why.
  }
}
