import type { BinaryProblem, BinaryReport } from "./error";
import { permissions } from "./forbidden";
import type { LoaderOptions } from "./options";
import { textOf } from "./thrown";

/** The known facts of a binary that cannot be used. */
export interface Facts {
  platform: string;
  /** The value of the environment variable, when that chose the binary. */
  chosen: string | undefined;
  /** The folder, when the package is a checkout. */
  checkout: string | undefined;
  cause: unknown;
}

type Names = LoaderOptions<never>;

/** The report of a problem, in words. */
export function reportOf(problem: BinaryProblem, facts: Facts, names: Names): BinaryReport {
  const { platform, cause } = facts;
  const remedies = [...remediesFor(problem, facts, names), ...(names.remedies?.(problem) ?? [])];
  const lines = [`${names.package}: ${describe(problem, facts, names)}`, ...remedies.map((line) => `- ${line}`)];
  return { problem, platform, supported: Object.keys(names.binaries), remedies, message: lines.join("\n"), cause };
}

/** The package that holds the binary of a platform. */
export function packageOf(platform: string, names: Names): string {
  return names.packageOf?.(platform) ?? `${names.package}-${platform}`;
}

function describe(problem: BinaryProblem, { platform, chosen, cause }: Facts, names: Names): string {
  const binary = chosen === undefined ? `binary for ${platform}` : `binary ${chosen} (${names.variable})`;
  switch (problem) {
    case "unsupported":
      return `there is no binary for ${platform}, only for ${Object.keys(names.binaries).join(", ")}.`;
    case "missing":
      return `the package ${packageOf(platform, names)}, which holds the binary for ${platform}, is not installed.`;
    case "incomplete":
      return `the package ${names.finder ?? ""}, which finds the binary, is not installed.`;
    case "bundled":
      return `the package was bundled into another file, from where its ${binary} cannot be found.`;
    case "forbidden":
      return `this process is not allowed to load the ${binary}: ${textOf(cause)}`;
    case "unloadable":
      return `the ${binary} cannot be loaded: ${textOf(cause)}`;
    case "mismatched":
      return `the ${binary} is not of version ${names.version}: ${textOf(cause)}`;
  }
}

function remediesFor(problem: BinaryProblem, { platform, chosen, checkout, cause }: Facts, names: Names): string[] {
  const { package: name, version, variable, glibc, finder = "", build = "npm run build", buildAddon = build } = names;
  if (problem === "forbidden") return permissions(cause);
  if (chosen !== undefined) {
    return [`Unset ${variable}, or let it name a binary of ${name} ${version} for ${platform}.`];
  }
  if (checkout !== undefined && problem !== "bundled" && problem !== "incomplete") {
    return [`This is a checkout: build its binary by ${build}, in ${checkout}`];
  }
  const [os = "", cpu = "", libc] = platform.split("-");
  const target = `--os=${os} --cpu=${cpu}` + (libc === undefined ? "" : ` --libc=${libcFlag(libc)}`);
  switch (problem) {
    case "unsupported":
      return [`Build the addon from source with \`${buildAddon}\` and set ${variable} to the path of the binary.`];
    case "missing":
      return [
        `Install with optional dependencies: npm install --include=optional ${name}@${version}`,
        `If node_modules was installed on another kind of machine: npm install ${target} ${name}@${version}`,
        "If package-lock.json was made on another kind of machine, npm before 11.3 can lose the package " +
          "(npm/cli#4828): remove node_modules and package-lock.json, then npm install",
      ];
    case "incomplete":
      return [
        `Install the package with what it depends on: npm install ${name}@${version}`,
        `If node_modules was copied or pruned, keep node_modules/${finder}.`,
      ];
    case "bundled":
      return [
        `Keep the package out of the bundle and ship it in node_modules: esbuild --external:${name}; ` +
          `AWS CDK: bundling: { nodeModules: ['${name}'] }; AWS SAM: External: [${name}]; ` +
          `webpack: externals: { '${name}': 'commonjs ${name}' }`,
        `Or set ${variable} to the path of the binary.`,
      ];
    case "unloadable":
    case "mismatched":
      return [
        `Install the package again: npm install --force ${packageOf(platform, names)}@${version}`,
        ...(libc?.startsWith("gnu") && glibc !== undefined
          ? [`The binary needs glibc ${glibc} or newer; ldd --version tells yours.`]
          : []),
        `If node_modules was copied from another kind of machine: npm install ${target} ${name}@${version}`,
      ];
  }
}

function libcFlag(libc: string): string {
  return libc.startsWith("gnu") ? "glibc" : libc;
}
