// @ts-check
// Checks the workflows, and those that the scaffold copies: their syntax and expressions (actionlint), their security (zizmor),
// their schemas, the keys of computed matrices, and that GitHub has the runners that the matrices name.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { run } from "@compute-pi-rs/steps";
import { matrices } from "./matrix.mjs";
import { unknownMatrixKeys } from "./matrix-keys.mjs";
import { goTool, pythonTools } from "@compute-pi-rs/pinned-tools";

const actionlint = await goTool("actionlint", "github.com/rhysd/actionlint/cmd/actionlint", "v1.7.12");
const python = await pythonTools("lint");

/** @param {string} repository a folder of this one */
const workflowsOf = (repository) => {
  const folder = join(repository, ".github", "workflows");
  return readdirSync(join(root, folder)).map((file) => join(folder, file));
};
const workflows = workflowsOf(".");
const all = [...workflows, ...workflowsOf("template")];
const generated = matrices();
const labels = [...new Set(Object.values(generated).flatMap(({ include }) => include.map(({ runner }) => runner)))];

/** @type {{ name: string, command: string, args: string[], input?: string }[]} */
const linters = [
  { name: "actionlint", command: actionlint, args: ["-no-color", ...all] },
  {
    name: "actionlint, the computed runners",
    command: actionlint,
    args: ["-no-color", "-"],
    input: JSON.stringify({
      on: "push",
      jobs: Object.fromEntries(
        labels.map((label, index) => [`runner-${index}`, { "runs-on": label, steps: [{ run: "true" }] }]),
      ),
    }),
  },
  {
    name: "zizmor",
    command: join(python, "zizmor"),
    args: ["--offline", "--no-progress", "--color=never", "--persona=pedantic", "--strict-collection", ".", "template"],
  },
  ...[
    { schema: "vendor.github-workflows", files: all },
    { schema: "vendor.github-actions", files: [join(".github", "actions", "setup", "action.yml")] },
    { schema: "vendor.dependabot", files: [join(".github", "dependabot.yml")] },
  ].map(({ schema, files }) => ({
    name: `schema ${schema}`,
    command: join(python, "check-jsonschema"),
    args: ["--builtin-schema", schema, ...files],
  })),
];

let passed = 0;
let failed = 0;
/** @param {string} name @param {boolean} clean @param {string} output */
function report(name, clean, output) {
  console.log(`${clean ? "ok" : "FAILED"}  ${name}`);
  if (!clean) console.log(output);
  if (clean) passed += 1;
  else failed += 1;
}
for (const { name, command, args, input } of linters) {
  const { exitCode, stdout, stderr } = await run(command, args, {
    cwd: root,
    ...(input !== undefined && { input }),
  });
  report(name, exitCode === 0, stdout + stderr);
}
for (const file of workflows) {
  const problems = unknownMatrixKeys(readFileSync(join(root, file), "utf8"), generated);
  report(`matrix keys of ${file}`, problems.length === 0, problems.join("\n"));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
