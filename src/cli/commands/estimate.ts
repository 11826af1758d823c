import type { Command } from "commander";

import { estimate, type Algorithm } from "../../index";
import { MAX_ARRAY_DIGITS, MAX_DIGITS } from "../../limits";
import { maxStringDigits } from "../../text";
import { grouped, readableBytes } from "../numbers";
import type { Run } from "../run";
import { algorithmOption, examples, jsonOption, threadsOption, whole } from "../usage";

interface EstimateOptions {
  algorithm: Algorithm;
  threads?: number;
  json?: true;
}

/** The memory that digits need. */
export function addEstimate(program: Command, run: Run): void {
  program
    .command("estimate")
    .summary("tell the memory that digits need")
    .description(
      "Tells the memory that digits need at their peak, without computing them. The figures are upper bounds.",
    )
    .argument("<digits>", `how many, from 0 to ${grouped(MAX_DIGITS)}`, whole("the number of digits", 0, MAX_DIGITS))
    .addOption(algorithmOption())
    .addOption(threadsOption())
    .addOption(jsonOption('{"digits", "memory", "stringMemory", "arrayMemory"}, in bytes'))
    .addHelpText("after", examples(["compute-pi-rs estimate 100M", "what a hundred million digits take"]))
    .action((digits: number, options: EstimateOptions) =>
      run({}, () => {
        const { algorithm, threads } = options;
        const needed = estimate(digits, { algorithm, threads });
        const { memory, stringMemory, arrayMemory } = needed;
        const rows: [string, string][] = [
          ["compute-pi-rs, stream, generateBytes", readableBytes(memory)],
          ["generateString", upTo(maxStringDigits(), digits, stringMemory)],
          ["generate", upTo(MAX_ARRAY_DIGITS, digits, arrayMemory)],
        ];
        const text = [
          `${grouped(digits)} digits need at their peak:`,
          ...rows.map(([name, bytes]) => `  ${name.padEnd(38)}${bytes}`),
        ];
        process.stdout.write(`${options.json ? JSON.stringify({ digits, ...needed }) : text.join("\n")}\n`);
        return Promise.resolve(undefined);
      }),
    );
}

function upTo(largest: number, digits: number, bytes: number): string {
  return digits <= largest ? readableBytes(bytes) : `gives at most ${grouped(largest)} digits`;
}
