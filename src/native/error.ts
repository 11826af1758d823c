import { brand, isError } from "../brand";
import { version } from "../version";
import { mayHaveWorkers, permissions } from "./forbidden";

/** Why there is no binary to call. */
export type NativeBinaryProblem =
  /** No binary is built for this platform. */
  | "unsupported"
  /** The platform's package is not installed. */
  | "missing"
  /** The package `@neon-rs/load`, which finds the binary, is not installed. */
  | "incomplete"
  /** The package was bundled, so its binary cannot be found from here. */
  | "bundled"
  /** A flag of Node.js or a permission of the runtime keeps native addons from being loaded. */
  | "forbidden"
  /** The binary is there and the system cannot load it. */
  | "unloadable"
  /** The binary is of another version than the package. */
  | "mismatched";

/**
 * The native binary could not be loaded. The import of the package succeeds all the same; every call
 * that needs the binary fails with this error, whose message says what to do.
 *
 * @example
 * ```ts
 * import { generate, NativeBinaryError } from "compute-pi-rs";
 *
 * try {
 *   await generate(10);
 * } catch (error) {
 *   if (error instanceof NativeBinaryError) console.error(error.platform, error.remedies);
 *   else throw error;
 * }
 * ```
 */
export class NativeBinaryError extends Error {
  static {
    brand(this, "NativeBinaryError");
  }

  /** Always `ERR_COMPUTE_PI_BINARY`. */
  readonly code = "ERR_COMPUTE_PI_BINARY";
  /** The fault. */
  readonly problem: NativeBinaryProblem;
  /** The platform that this process runs on, such as `linux-x64-gnu`. */
  readonly platform: string;
  /** The platforms that binaries are published for. */
  readonly supported: readonly string[];
  /** The remedies, the most likely first. */
  readonly remedies: readonly string[];

  /** @internal */
  constructor(problem: NativeBinaryProblem, facts: NativeBinaryFacts) {
    const remedies = remediesFor(problem, facts);
    if (!mayHaveWorkers() && facts.chosen === undefined && problem !== "mismatched") {
      remedies.push(
        "Or start Node.js with --allow-worker beside --permission: WebAssembly computes then, which is slower.",
      );
    }
    const lines = [`compute-pi-rs: ${describe(problem, facts)}`, ...remedies.map((line) => `- ${line}`)];
    super(lines.join("\n"), { cause: facts.cause });
    this.name = "NativeBinaryError";
    this.problem = problem;
    this.platform = facts.platform;
    this.supported = facts.supported;
    this.remedies = remedies;
  }
}

/** The known facts of a binary that cannot be used. */
export interface NativeBinaryFacts {
  platform: string;
  supported: readonly string[];
  /** The value of COMPUTE_PI_RS_BINARY, when that chose the binary. */
  chosen: string | undefined;
  /** The folder, when this package is a checkout. */
  checkout: string | undefined;
  cause: unknown;
}

function describe(problem: NativeBinaryProblem, { platform, supported, chosen, cause }: NativeBinaryFacts) {
  const binary = chosen === undefined ? `binary for ${platform}` : `binary ${chosen} (COMPUTE_PI_RS_BINARY)`;
  switch (problem) {
    case "unsupported":
      return `there is no binary for ${platform}, only for ${supported.join(", ")}.`;
    case "missing":
      return `the package ${packageOf(platform)}, which holds the binary for ${platform}, is not installed.`;
    case "incomplete":
      return "the package @neon-rs/load, which finds the binary, is not installed.";
    case "bundled":
      return `the package was bundled into another file, from where its ${binary} cannot be found.`;
    case "forbidden":
      return `this process is not allowed to load the ${binary}: ${textOf(cause)}`;
    case "unloadable":
      return `the ${binary} cannot be loaded: ${textOf(cause)}`;
    case "mismatched":
      return `the ${binary} is not of version ${version}: ${textOf(cause)}`;
  }
}

function remediesFor(problem: NativeBinaryProblem, { platform, chosen, checkout, cause }: NativeBinaryFacts): string[] {
  if (problem === "forbidden") return permissions(cause);
  if (chosen !== undefined) {
    return [`Unset COMPUTE_PI_RS_BINARY, or let it name a binary of compute-pi-rs ${version} for ${platform}.`];
  }
  if (checkout !== undefined && problem !== "bundled" && problem !== "incomplete") {
    return [`This is a checkout: build its binary by npm run build, in ${checkout}`];
  }
  const [os = "", cpu = "", libc] = platform.split("-");
  const target = `--os=${os} --cpu=${cpu}` + (libc === undefined ? "" : ` --libc=${libcFlag(libc)}`);
  switch (problem) {
    case "unsupported":
      return [
        "Build the addon from source with `npm run build:addon` and set COMPUTE_PI_RS_BINARY to the path of the binary.",
      ];
    case "missing":
      return [
        `Install with optional dependencies: npm install --include=optional compute-pi-rs@${version}`,
        `If node_modules was installed on another kind of machine: npm install ${target} compute-pi-rs@${version}`,
        "If package-lock.json was made on another kind of machine, npm before 11.3 can lose the package " +
          "(npm/cli#4828): remove node_modules and package-lock.json, then npm install",
      ];
    case "incomplete":
      return [
        `Install the package with what it depends on: npm install compute-pi-rs@${version}`,
        "If node_modules was copied or pruned, keep node_modules/@neon-rs/load.",
      ];
    case "bundled":
      return [
        "Keep the package out of the bundle and ship it in node_modules: esbuild --external:compute-pi-rs; " +
          "AWS CDK: bundling: { nodeModules: ['compute-pi-rs'] }; AWS SAM: External: [compute-pi-rs]; " +
          "webpack: externals: { 'compute-pi-rs': 'commonjs compute-pi-rs' }",
        "Or set COMPUTE_PI_RS_BINARY to the path of the binary.",
      ];
    case "unloadable":
    case "mismatched":
      return [
        `Install the package again: npm install --force ${packageOf(platform)}@${version}`,
        ...(libc?.startsWith("gnu") ? ["The binary needs glibc 2.26 or newer; ldd --version tells yours."] : []),
        "If node_modules was copied from another kind of machine: " + `npm install ${target} compute-pi-rs@${version}`,
      ];
  }
}

function libcFlag(libc: string): string {
  return libc.startsWith("gnu") ? "glibc" : libc;
}

function packageOf(platform: string): string {
  return `@compute-pi-rs/${platform}`;
}

function textOf(cause: unknown): string {
  return isError(cause) ? cause.message : String(cause);
}
