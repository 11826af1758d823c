// @ts-check
/** Lints the Dockerfiles with hadolint, at a pinned version. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { run, shown } from "@compute-pi-rs/steps";
import { environmentWith } from "@compute-pi-rs/pinned-tools";

const directory = join(root, "docker");
const files = readdirSync(directory).filter((name) => name.startsWith("Dockerfile"));
if (files.length === 0) throw new Error("no Dockerfile is there");
const result = await run("hadolint", files, { cwd: directory, env: await environmentWith("lint"), ...shown });
process.exitCode = result.exitCode ?? 1;
