import { expect, it } from "vitest";

import { packageOf, projectOf } from "../project.mjs";
import { recipe } from "../recipe.mjs";

it.each([
  ["x86_64-unknown-linux-gnu", "win32", "zigbuild", "x86_64-unknown-linux-gnu.2.26"],
  ["armv7-unknown-linux-gnueabihf", "linux", "zigbuild", "armv7-unknown-linux-gnueabihf.2.26"],
  ["aarch64-unknown-linux-musl", "linux", "zigbuild", "aarch64-unknown-linux-musl"],
  ["aarch64-apple-darwin", "darwin", "build", "aarch64-apple-darwin"],
  ["x86_64-pc-windows-msvc", "win32", "build", "x86_64-pc-windows-msvc"],
] as const)("builds %s on %s", (target, host, command, named) => {
  expect(recipe(target, host)).toMatchObject({ command, target: named });
});

it.each([
  ["aarch64-apple-darwin", "linux"],
  ["x86_64-pc-windows-msvc", "linux"],
  ["wasm32-unknown-unknown", "linux"],
] as const)("cannot build %s on %s", (target, host) => {
  expect(recipe(target, host)).toBeUndefined();
});

it("links the C library as a library in a process has to", () => {
  expect(recipe("x86_64-unknown-linux-musl")?.rustFlags).toEqual(["-Ctarget-feature=-crt-static"]);
  expect(recipe("x86_64-pc-windows-msvc", "win32")?.rustFlags).toEqual(["-Ctarget-feature=+crt-static"]);
});

it("names the packages of platforms after an organisation, or after the main package", () => {
  const platforms = { "linux-x64-gnu": "x86_64-unknown-linux-gnu" };
  const alone = { name: "@acme/digest", version: "1.2.3", platforms };
  expect(projectOf(alone)).toEqual({
    name: "@acme/digest",
    version: "1.2.3",
    platforms: ["@acme/digest-linux-x64-gnu"],
  });
  expect(packageOf({ ...alone, neon: { org: "@acme", platforms } }, "linux-x64-gnu")).toBe("@acme/linux-x64-gnu");
});
