import { builtin } from "./builtin";

/** The C libraries that Linux binaries are built against. */
export type Libc = "gnu" | "musl";

/**
 * The C library that this process was built against, on Linux: Node.js tells the flags of `dlopen` that the library
 * declares, and musl has no `RTLD_DEEPBIND`.
 *
 * `process.report.getReport()` would tell too, but takes 8 ms and looks up the host names of open sockets, which can block
 * for minutes.
 */
export function detectLibc(): Libc {
  return "RTLD_DEEPBIND" in builtin("node:os").constants.dlopen ? "gnu" : "musl";
}

/** The platform that this process runs on, in the words of Neon, napi-rs and Rust: `linux-x64-gnu`, `darwin-arm64`. */
export function detectPlatform(): string {
  const { platform, arch } = process;
  switch (platform) {
    case "linux":
      return `linux-${arch}-${detectLibc()}${arch === "arm" ? "eabihf" : ""}`;
    case "win32":
      return `win32-${arch}-msvc`;
    default:
      return `${platform}-${arch}`;
  }
}
