import type { Command } from "commander";
import { Option } from "commander";

import { hexDigits } from "../../index";
import { MAX_HEX_DIGITS, MAX_HEX_POSITION } from "../../limits";
import { grouped, readableDuration } from "../numbers";
import type { Run } from "../run";
import { examples, jsonOption, quietOption, threadsOption, whole } from "../usage";

interface HexOptions {
  count: number;
  threads?: number;
  json?: true;
  quiet?: true;
}

/** Hexadecimal digits from a far position on. */
export function addHex(program: Command, run: Run): void {
  program
    .command("hex")
    .summary("print hexadecimal digits from a far position on")
    .description(
      "Prints hexadecimal digits of pi from a position on, without computing those before it. Position 1 is the first digit " +
        "after the point, a 2. The time grows a little faster than the position; memory stays small.",
    )
    .argument("<position>", `from 1 to ${grouped(MAX_HEX_POSITION)}`, whole("the position", 1, MAX_HEX_POSITION))
    .addOption(
      new Option("-c, --count <digits>", `how many digits, up to ${grouped(MAX_HEX_DIGITS)}`)
        .argParser(whole("the count", 0, MAX_HEX_DIGITS))
        .default(16),
    )
    .addOption(threadsOption())
    .addOption(jsonOption('{"position", "hexDigits", "milliseconds"}'))
    .addOption(quietOption())
    .addHelpText(
      "after",
      examples(
        ["compute-pi-rs hex 1", "the first 16: 243F6A8885A308D3"],
        ["compute-pi-rs hex 1e9 --count 32", "32 digits from the billionth on"],
      ),
    )
    .action((position: number, options: HexOptions) =>
      run(options, async (session) => {
        const bar = session.bar();
        const start = performance.now();
        try {
          const { threads } = options;
          const found = await hexDigits(position, options.count, {
            signal: session.signal,
            onProgress: bar?.update,
            threads,
          });
          bar?.stop();
          const milliseconds = Math.round(performance.now() - start);
          process.stdout.write(
            `${options.json ? JSON.stringify({ position, hexDigits: found, milliseconds }) : found}\n`,
          );
          if (milliseconds > 1000) session.remarkToPerson(`after ${readableDuration(milliseconds)}`);
          return undefined;
        } finally {
          bar?.stop();
        }
      }),
    );
}
