import { CommanderError, Option } from "commander";

import { MAX_THREADS } from "../limits";
import { grouped, wholeNumber } from "./numbers";

/** The command was called in a wrong way. */
export class UsageError extends CommanderError {
  constructor(message: string) {
    super(2, "compute-pi-rs.usage", message);
  }
}

/** Reads a whole number in a range, both ends included, in any of the forms that people write. */
export function whole(name: string, min: number, max: number) {
  return (text: string): number => {
    const value = wholeNumber(text);
    const range = `${name} must be a whole number from ${grouped(min)} to ${grouped(max)}`;
    if (value === undefined) {
      throw new UsageError(`${range}, such as 1000, 1e6, 1_000_000 or 1M. Received ${JSON.stringify(text)}`);
    }
    if (value < min || value > max) throw new UsageError(`${range}. Received ${text}`);
    return value;
  };
}

export function threadsOption(): Option {
  return new Option(
    "-t, --threads <count>",
    "threads to compute on (default: as many as the process may use)",
  ).argParser(whole("the number of threads", 1, MAX_THREADS));
}

export function algorithmOption(): Option {
  return new Option("-a, --algorithm <name>", "how the digits are computed; the spigot is slow, to check against")
    .choices(["chudnovsky", "spigot"])
    .default("chudnovsky");
}

export function quietOption(): Option {
  return new Option("-q, --quiet", "no progress bar and no remarks: only the result, and errors");
}

export function jsonOption(shape: string): Option {
  return new Option("--json", `print one JSON object: ${shape}`);
}

/** The examples at the end of a command's help. */
export function examples(...lines: readonly [command: string, meaning: string][]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return ["", "Examples:", ...lines.map(([command, meaning]) => `  ${command.padEnd(width)}  ${meaning}`)].join("\n");
}
