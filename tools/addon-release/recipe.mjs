// @ts-check
/** The C library of Amazon Linux 2, and of every Lambda runtime since. */
export const glibcFloor = "2.26";

/**
 * @typedef {object} Recipe
 * @property {string} [program] cargo by default
 * @property {'zigbuild' | 'build'} command of cargo
 * @property {string} target as that command wants it
 * @property {string[]} rustFlags
 */

/**
 * How a platform is built, by its Rust target; nothing where only a machine of that platform can build it.
 *
 * @param {string} target
 * @param {NodeJS.Platform} [host]
 * @returns {Recipe | undefined}
 */
export function recipe(target, host = process.platform) {
  if (/-linux-gnu(eabihf)?$/.test(target)) {
    return { command: "zigbuild", target: `${target}.${glibcFloor}`, rustFlags: [] };
  }
  if (target.endsWith("-linux-musl")) {
    // A shared library cannot bring its own libc into a process that has one.
    return { command: "zigbuild", target, rustFlags: ["-Ctarget-feature=-crt-static"] };
  }
  // Zig links for macOS too, but leaves out the list of what to export.
  if (target.endsWith("-apple-darwin") && host === "darwin") {
    return { command: "build", target, rustFlags: [] };
  }
  if (target.endsWith("-pc-windows-msvc") && host === "win32") {
    // Windows does not come with the Visual C++ run-time library.
    return { command: "build", target, rustFlags: ["-Ctarget-feature=+crt-static"] };
  }
  return undefined;
}
