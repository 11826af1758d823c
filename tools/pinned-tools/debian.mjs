// @ts-check
import { run } from "@compute-pi-rs/steps";

/**
 * Installs Debian packages where that is possible: by root, or by who may become root without a password.
 *
 * @param {readonly string[]} packages
 * @returns {Promise<string | undefined>} why it cannot be done
 */
export async function installPackages(packages) {
  const missing = await missingPackages(packages);
  if (typeof missing === "string") return missing;
  if (missing.length === 0) return undefined;
  const privileged = await asRoot();
  if (privileged === undefined) return `install ${missing.join(", ")} first, or run as root`;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...missing]]) {
    const [program, ...before] = [...privileged, "apt-get", "-o", "DPkg::Lock::Timeout=600", "-qq"];
    const { exitCode, stdout, stderr } = await run(`${program}`, [...before, ...args], { env });
    if (exitCode !== 0) return `apt-get ${args.join(" ")} failed:\n${stdout}${stderr}`;
  }
  return undefined;
}

/**
 * @param {readonly string[]} packages
 * @returns {Promise<string[] | string>} those that are not installed, or why there can be none
 */
export async function missingPackages(packages) {
  if (packages.length === 0) return [];
  const format = "--showformat=${db:Status-Status} ${Package}\n";
  const known = await run("dpkg-query", ["--show", format, ...packages]);
  if (known.exitCode === undefined) return `not a Debian system, which ${packages.join(", ")} could be installed on`;
  const installed = new Set(known.stdout.split("\n"));
  return packages.filter((name) => !installed.has(`installed ${name}`));
}

/** @returns {Promise<string[] | undefined>} the command that gives another the rights of root */
async function asRoot() {
  if (process.getuid?.() === 0) return [];
  const sudo = await run("sudo", ["--non-interactive", "true"]);
  return sudo.exitCode === 0 ? ["sudo", "--non-interactive", "--preserve-env=DEBIAN_FRONTEND"] : undefined;
}
