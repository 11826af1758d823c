// @ts-check
// The workspace becomes a link to a clone that the same leg of the same job had before: as fresh as a new one but for what
// cargo compiled, which would otherwise be compiled anew each time, because it knows its sources by their paths.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const {
  GITHUB_JOB = "",
  GITHUB_REF = "",
  GITHUB_WORKSPACE = "",
  REHEARSAL_REPOSITORY = "",
  REHEARSAL_WORKSPACES = "",
} = process.env;
const leg = Object.values(JSON.parse(process.env.INPUT_LEG || "{}") ?? {}).join("-");
// The documents are built long after the packages, and of the same modules of WebAssembly.
const job = GITHUB_JOB === "build" && leg === "" ? "pack" : GITHUB_JOB;
const clone = join(REHEARSAL_WORKSPACES, [job, leg].join("-").replace(/[^\w.-]+/g, "-"));

/** @param {string[]} args */
const git = (...args) => execFileSync("git", args, { cwd: clone, stdio: ["ignore", "inherit", "inherit"] });

if (!existsSync(join(clone, ".git"))) {
  mkdirSync(clone, { recursive: true });
  git("init", "--quiet");
}
git("config", "remote.origin.url", `file://${REHEARSAL_REPOSITORY}`);
// Like the action: the tag alone, or everything where the history is asked for.
const depth = process.env["INPUT_FETCH-DEPTH"] === "0" ? [] : ["--depth=1"];
const all = depth.length > 0 ? [] : ["+refs/heads/*:refs/remotes/origin/*"];
git("fetch", "--quiet", "--force", "--no-tags", ...depth, "origin", `+${GITHUB_REF}:${GITHUB_REF}`, ...all);
git("checkout", "--quiet", "--force", "--detach", GITHUB_REF);
git("clean", "--quiet", "-ffdx", "--exclude=/crate/target");
git("--no-pager", "log", "-1", "--oneline");

renameSync(GITHUB_WORKSPACE, `${GITHUB_WORKSPACE}.empty`);
symlinkSync(clone, GITHUB_WORKSPACE);
