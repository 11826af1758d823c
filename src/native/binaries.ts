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
});
