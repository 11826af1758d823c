import { detectLibc, detectPlatform, type Libc } from "@compute-pi-rs/addon-loader";

import { packages } from "./packages";

/**
 * Runs `use`, which asks @neon-rs/load for the platform, with the answer to the one question that
 * it asks in a slow way: whether the C library is glibc, read from `process.report.getReport()`.
 */
export function withoutReport<T>(use: () => T): T {
  if (process.platform !== "linux") return use();
  const report = Object.getOwnPropertyDescriptor(process, "report");
  // Deno's cannot be replaced; its own answer is quick.
  if (report?.configurable === false) return use();
  const header = headerOf(detectLibc());
  try {
    Object.defineProperty(process, "report", {
      value: { getReport: () => ({ header }) },
      configurable: true,
    });
    return use();
  } finally {
    if (report === undefined) Reflect.deleteProperty(process, "report");
    else Object.defineProperty(process, "report", report);
  }
}

/** The platform that this process runs on, in the terms of `neon.platforms` in package.json, whether there is a binary or not. */
export function detectedPlatform(): string {
  return withoutReport(() => {
    try {
      return packages().neonLoad().currentPlatform();
    } catch {
      return detectPlatform();
    }
  });
}

/** The part of a report that @neon-rs/load reads. */
function headerOf(libc: Libc): object {
  return libc === "gnu" ? { glibcVersionRuntime: "" } : {};
}
