import { packages } from "./packages";
import { detectLibc, type Libc } from "./libc";

/**
 * Runs `use`, which asks @neon-rs/load for the platform, with the answer to the one question that
 * it asks in a slow way: whether the C library is glibc, read from `process.report.getReport()`.
 */
export function withPlatform<T>(use: (platform: string) => T): T {
  if (process.platform !== "linux") return use(platformName(process.platform === "win32" ? "msvc" : undefined));
  const libc = detectLibc();
  const header = headerOf(libc);
  const report = Object.getOwnPropertyDescriptor(process, "report");
  // Deno's cannot be replaced; its own answer is quick.
  if (report?.configurable === false) return use(platformName(libc));
  try {
    Object.defineProperty(process, "report", {
      value: { getReport: () => ({ header }) },
      configurable: true,
    });
    return use(platformName(libc));
  } finally {
    if (report === undefined) Reflect.deleteProperty(process, "report");
    else Object.defineProperty(process, "report", report);
  }
}

/** The platform that this process runs on, such as `linux-x64-gnu`. */
export function detectedPlatform(): string {
  return withPlatform((platform) => platform);
}

/** The platform in the terms of `neon.platforms` in package.json, whether there is a binary or not. */
function platformName(abi: string | undefined): string {
  try {
    return packages().neonLoad().currentPlatform();
  } catch {
    return [process.platform, process.arch, abi].filter(Boolean).join("-");
  }
}

/** The part of a report that @neon-rs/load reads. */
function headerOf(libc: Libc): object {
  return libc === "gnu" ? { glibcVersionRuntime: "" } : {};
}
