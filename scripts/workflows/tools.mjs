// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toolchainDirectory } from "../binaries/toolchain.mjs";
import { runOrThrow } from "../lib/run.mjs";

const actionlintVersion = "v1.7.12";
const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));
const directory = join(toolchainDirectory, "workflows");

/** Where each linter's executable is, once {@link installWorkflowTools} is done. */
export const tools = {
  actionlint: join(directory, "bin", "actionlint"),
  zizmor: join(directory, "python", "bin", "zizmor"),
  checkJsonschema: join(directory, "python", "bin", "check-jsonschema"),
};

/** Installs the pinned linters, from Go's module proxy and from PyPI by hash, when they are not there yet. */
export async function installWorkflowTools() {
  const wanted = createHash("sha256").update(actionlintVersion).update(readFileSync(requirements)).digest("hex");
  const stamp = join(directory, "installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(directory, { recursive: true, force: true });
  const python = join(directory, "python");
  await runOrThrow("python3", ["-m", "venv", python]);
  const install = [
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--require-hashes",
    "--requirement",
    requirements,
  ];
  await runOrThrow(join(python, "bin", "pip"), [...install, "--only-binary=:all:"]);
  await runOrThrow("go", ["install", `github.com/rhysd/actionlint/cmd/actionlint@${actionlintVersion}`], {
    env: { ...process.env, GOBIN: join(directory, "bin"), GOFLAGS: "" },
  });
  writeFileSync(stamp, wanted);
}
