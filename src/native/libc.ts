import { builtin } from "../modules";

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
