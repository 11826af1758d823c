import { Command, InvalidArgumentError, Option } from "commander";

import type { Algorithm } from "../index";
import { MAX_DIGITS } from "../limits";
import { version } from "../version";

/** What the command line asks for. */
export interface Arguments {
  n: number;
  algorithm: Algorithm;
  threads?: number;
  /** The file to write; standard output when there is none. */
  output?: string;
  json: boolean;
  /** Prove the digits. */
  verify: boolean;
}

/**
 * Reads the command line.
 *
 * @throws CommanderError after it wrote help, the version, or one line about what is wrong.
 */
export function parseArguments(args: readonly string[]): Arguments {
  const command = new Command("compute-pi-rs")
    .description("Prints the first decimal digits of pi, the leading 3 included.")
    .argument("<digits>", `how many, from 0 to ${MAX_DIGITS}`, whole(0, MAX_DIGITS))
    .option("-o, --output <file>", "write to a file instead of standard output")
    .addOption(
      new Option("-a, --algorithm <name>", "how the digits are computed")
        .choices(["chudnovsky", "spigot"])
        .default("chudnovsky"),
    )
    .option("-t, --threads <count>", "threads to compute on (default: what the process may use)", whole(1, 1024))
    .option("--verify", "prove the digits by an independent way, and say on standard error how", false)
    .option("--json", 'print one JSON object: {"digits", "algorithm", "pi", "milliseconds"}', false)
    .version(version, "-V, --version")
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .configureOutput({
      outputError: (text, write) => {
        write(text.replace(/^error:/, "compute-pi-rs:"));
      },
    })
    .exitOverride();
  command.parse(args, { from: "user" });
  const [n] = command.processedArgs as [number];
  return { ...command.opts<Omit<Arguments, "n">>(), n };
}

function whole(min: number, max: number) {
  return (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}
