/** What resolves and loads a module; see {@link NodeJS.Require}. */
type Require = (id: string) => Record<string, unknown>;

/**
 * The packages that hold the binaries, by platform: the list of `neon.platforms` in package.json.
 *
 * The names are spelt out so that tools which trace a program's files can see them.
 */
export const binaries = (require: Require) => ({
  "linux-x64-gnu": () => require("@compute-pi-rs/linux-x64-gnu"),
  "linux-arm64-gnu": () => require("@compute-pi-rs/linux-arm64-gnu"),
  "linux-x64-musl": () => require("@compute-pi-rs/linux-x64-musl"),
  "linux-arm64-musl": () => require("@compute-pi-rs/linux-arm64-musl"),
  "darwin-arm64": () => require("@compute-pi-rs/darwin-arm64"),
  "darwin-x64": () => require("@compute-pi-rs/darwin-x64"),
  "win32-x64-msvc": () => require("@compute-pi-rs/win32-x64-msvc"),
});
