// @ts-check
import { appendFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { env } = process;
const job = env.GITHUB_JOB ?? "";
const major = (env["INPUT_NODE-VERSION"] ?? "").split(".")[0] ?? "";
const { runner = "", platform = "" } = JSON.parse(env.INPUT_LEG || "{}") ?? {};
/** @type {{ own: Record<string, string>, arm: Record<string, string>, env: Record<string, Record<string, string>> }} */
const { own, arm, env: variables } = JSON.parse(env.REHEARSAL_NODES ?? "{}");

/** @param {string} why */
function nothingRuns(why) {
  const directory = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), "nothing-"));
  for (const program of ["node", "npm"]) {
    writeFileSync(join(directory, program), `#!/bin/sh\necho "rehearsal: not run: ${why}"\n`, { mode: 0o755 });
  }
  return directory;
}

/** @returns {string} the folder of the programs `node` and `npm` */
function programs() {
  if (runner.endsWith("-arm") && job === "install") return nothingRuns("no package manager runs under QEMU here");
  if (runner.endsWith("-arm") && job === "native") {
    return (
      arm[`${platform} ${major}`] ?? nothingRuns(`${platform} under Node.js ${major}: one version runs under QEMU`)
    );
  }
  const directory = own[major];
  if (directory === undefined) throw new Error(`no Node.js ${major} is here`);
  return directory;
}

appendFileSync(env.GITHUB_PATH ?? "", `${programs()}\n`);
// These jobs, and no others, talk to the registry under rehearsal.
for (const [name, value] of Object.entries(variables[job] ?? {})) {
  appendFileSync(env.GITHUB_ENV ?? "", `${name}=${value}\n`);
}
