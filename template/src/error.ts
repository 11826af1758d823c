/** Why there is no binary to call. */
export type BinaryProblem =
  /** No binary is built for this platform. */
  | "unsupported"
  /** The platform's package is not installed. */
  | "missing"
  /** The binary is there, and the system cannot load it. */
  | "unloadable"
  /** The binary is of another version than the package. */
  | "mismatched";

/** The native binary could not be loaded. The import succeeds all the same: the call that needs it fails. */
export class BinaryError extends Error {
  readonly code = "{{code}}_BINARY";

  /** @internal */
  constructor(
    /** The fault. */
    readonly problem: BinaryProblem,
    /** The platform that this process runs on, such as `linux-x64-gnu`. */
    readonly platform: string,
    /** The platforms that have a binary. */
    readonly supported: readonly string[],
    cause?: unknown,
  ) {
    const text = [describe(problem, platform, supported, cause), ...remedies(problem, platform)];
    super(`{{package}}: ${text.join("\n- ")}`, { cause });
    this.name = "BinaryError";
  }
}

function describe(problem: BinaryProblem, platform: string, supported: readonly string[], cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause);
  switch (problem) {
    case "unsupported":
      return `there is no binary for ${platform}, only for ${supported.join(", ")}.`;
    case "missing":
      return `the package {{package}}-${platform}, which holds the binary, is not installed.`;
    case "unloadable":
      return `the binary for ${platform} cannot be loaded: ${reason}`;
    case "mismatched":
      return `the binary for ${platform} is of another version: ${reason}`;
  }
}

/** The remedies, the most likely first. */
function remedies(problem: BinaryProblem, platform: string): string[] {
  const [os = "", cpu = "", abi] = platform.split("-");
  const libc = abi === undefined || os !== "linux" ? "" : ` --libc=${abi === "gnu" ? "glibc" : abi}`;
  switch (problem) {
    case "unsupported":
      return ["Build it from source (see the README) and let {{variable}}_BINARY name the file."];
    case "missing":
      return [
        "Install with optional dependencies: npm install --include=optional {{package}}",
        `If node_modules was made on another kind of machine: npm install --os=${os} --cpu=${cpu}${libc} {{package}}`,
        "If the package was bundled, keep it out of the bundle: esbuild --external:{{package}}",
        "npm before 11.3 can lose it when package-lock.json was made elsewhere: remove node_modules and the lockfile.",
      ];
    case "unloadable":
    case "mismatched":
      return [
        `Install it again: npm install --force {{package}}-${platform}`,
        ...(abi === "gnu" ? ["The binary needs glibc 2.26 or newer; ldd --version tells yours."] : []),
      ];
  }
}
