import type { Command } from "commander";
import { cpus, release, totalmem, type as systemName } from "node:os";

import { native } from "../../index";
import { lambdaMemory } from "../../lambda";
import { version } from "../../version";
import { readableBytes } from "../numbers";
import type { Run } from "../run";
import { examples, jsonOption } from "../usage";

/** The facts of the machine that a report of a fault needs. */
export function addReport(program: Command, run: Run): void {
  program
    .command("report")
    .summary("tell version, platform and machine, for reports of faults")
    .description(
      "Tells all that a report of a fault has to say of the package and the machine. Nothing is sent anywhere.",
    )
    .addOption(jsonOption("the same"))
    .addHelpText(
      "after",
      examples(["compute-pi-rs report", "paste it into https://github.com/compute-pi-rs/compute-pi-rs/issues"]),
    )
    .action((options: { json?: true }) =>
      run({}, () => {
        const report = { ...aboutPackage(), ...aboutMachine() };
        const lines = Object.entries(report).map(([name, value]) => `${name.padEnd(22)}${value}`);
        process.stdout.write(`${options.json ? JSON.stringify(report) : lines.join("\n")}\n`);
        return Promise.resolve(undefined);
      }),
    );
}

function aboutPackage(): Record<string, string> {
  const named = { "compute-pi-rs": version, COMPUTE_PI_RS_BINARY: process.env.COMPUTE_PI_RS_BINARY || "not set" };
  try {
    const { platform, simd, threads } = native();
    return {
      ...named,
      "back end": `native binary for ${platform}`,
      "found at": loadedBinary() ?? "unknown",
      SIMD: simd,
      threads: String(threads),
    };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const cause = error instanceof Error && error.cause instanceof Error ? { cause: error.cause.message } : {};
    return { ...named, "back end": "none", problem, ...cause };
  }
}

function aboutMachine(): Record<string, string> {
  const processors = cpus();
  const lambda = lambdaMemory();
  const limit = "constrainedMemory" in process ? process.constrainedMemory() : 0;
  return {
    "Node.js": `${process.version}, V8 ${process.versions.v8}`,
    system: `${systemName()} ${release()}, ${process.arch}`,
    "C library": cLibrary(),
    processor: `${processors[0]?.model.trim() || "unknown"}, ${processors.length} in all`,
    memory: `${readableBytes(totalmem())}${limit > 0 && limit < totalmem() ? `, limited to ${readableBytes(limit)}` : ""}`,
    "AWS Lambda": lambda === undefined ? "no" : `yes, ${readableBytes(lambda)}`,
  };
}

/** The facts of Node.js' own report. */
interface NodeReport {
  header?: { glibcVersionRuntime?: string };
  sharedObjects?: string[];
}

/** The report without its network section, which looks up host names for minutes. */
function nodeReport(): NodeReport {
  const reporter: NodeJS.ProcessReport & { excludeNetwork?: boolean } = process.report;
  reporter.excludeNetwork = true;
  return reporter.getReport();
}

function cLibrary(): string {
  if (process.platform !== "linux") return "the system's";
  const glibc = nodeReport().header?.glibcVersionRuntime;
  return glibc === undefined ? "not glibc" : `glibc ${glibc}`;
}

/** The file that the binary was loaded from, as the system names it. */
function loadedBinary(): string | undefined {
  const chosen = process.env.COMPUTE_PI_RS_BINARY;
  return chosen || nodeReport().sharedObjects?.find((path) => path.includes("compute-pi-rs") && path.endsWith(".node"));
}
