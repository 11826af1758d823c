import { Command } from "commander";

import { version } from "../version";
import { addBench } from "./commands/bench";
import { addDigits } from "./commands/digits";
import { addEstimate } from "./commands/estimate";
import { addFind } from "./commands/find";
import { addHex } from "./commands/hex";
import { addReport } from "./commands/report";
import type { Run } from "./run";
import { examples } from "./usage";

const WIDTH_OF_HELP = 100;

/** The command line: digits, unless a command is named. */
export function program(run: Run): Command {
  const command = new Command("compute-pi-rs")
    .description("Prints the first decimal digits of pi, the leading 3 included and without a point.")
    .version(version, "-V, --version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .enablePositionalOptions()
    .allowExcessArguments(false)
    .configureHelp({ helpWidth: Math.min(process.stdout.columns || WIDTH_OF_HELP, WIDTH_OF_HELP) })
    // Errors of the command line are told where all errors are.
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText(
      "after",
      [
        examples(
          ["compute-pi-rs 1000", "a thousand digits"],
          ["compute-pi-rs 10M --output pi.txt", "ten million, into a file"],
          ["compute-pi-rs 1e6 --verify > pi.txt", "a million, proved"],
          ["compute-pi-rs --endless | head -c 1000", "digits until nobody reads them"],
          ["compute-pi-rs hex 1e9 --count 32", "hexadecimal digits far out"],
          ["compute-pi-rs find 31415926 100M", "where digits stand in pi"],
          ["compute-pi-rs bench", "how fast it is here"],
        ),
        "",
        "Exit codes: 0 done, 1 failed or not found, 2 called in a wrong way, 130 stopped by Ctrl-C.",
      ].join("\n"),
    );
  addDigits(command, run);
  for (const add of [addHex, addFind, addEstimate, addBench, addReport]) add(command, run);
  return command;
}
