import type { Command } from "commander";

import { stream } from "../../index";
import { MAX_DIGITS } from "../../limits";
import { withMemoryAdvice } from "../memory-advice";
import { grouped } from "../numbers";
import type { Run } from "../run";
import type { Session } from "../session";
import { examples, jsonOption, quietOption, threadsOption, UsageError, whole } from "../usage";

interface FindOptions {
  threads?: number;
  json?: true;
  quiet?: true;
}

const DEFAULT_DIGITS = 1_000_000;
const MOST_SOUGHT = 1000;

/** Where digits stand in pi. */
export function addFind(program: Command, run: Run): void {
  program
    .command("find")
    .summary("tell where digits first stand in pi")
    .description(
      "Tells where digits first stand among the first digits of pi, as their distance from the point: the 1 of 3.14 is at " +
        "position 1, and the leading 3 at position 0. Exits with 1 when they are not there.",
    )
    .argument("<sought>", `the digits to look for, at most ${grouped(MOST_SOUGHT)}`, (text: string) => {
      if (/^\d+$/.test(text) && text.length <= MOST_SOUGHT) return text;
      throw new UsageError(
        `what to find must be from 1 to ${grouped(MOST_SOUGHT)} decimal digits. Received ${JSON.stringify(text)}`,
      );
    })
    .argument(
      "[digits]",
      "how many digits of pi to look through",
      whole("the number of digits", 0, MAX_DIGITS),
      DEFAULT_DIGITS,
    )
    .addOption(threadsOption())
    .addOption(jsonOption('{"sought", "digits", "position"}, the position null when they are not there'))
    .addOption(quietOption())
    .addHelpText(
      "after",
      examples(
        ["compute-pi-rs find 999999", "the Feynman point, at position 762"],
        ["compute-pi-rs find 31415926 100M", "among the first hundred million digits"],
      ),
    )
    .action((sought: string, digits: number, options: FindOptions) =>
      run(options, async (session) => {
        const { threads } = options;
        const position = await withMemoryAdvice(digits, { algorithm: "chudnovsky", threads }, () =>
          search(sought, digits, threads, session),
        );
        if (options.json) {
          process.stdout.write(`${JSON.stringify({ sought, digits, position: position ?? null })}\n`);
        } else if (position !== undefined) {
          process.stdout.write(`${position}\n`);
          session.remarkToPerson(
            position === 0
              ? `pi begins with ${sought}`
              : `${sought} begins ${grouped(position)} digits after the point`,
          );
        } else {
          session.remark(`compute-pi-rs: ${sought} is not among the first ${grouped(digits)} digits`);
        }
        return position === undefined ? 1 : 0;
      }),
    );
}

/** The distance of the first digit that was found from the point. */
async function search(
  sought: string,
  digits: number,
  threads: number | undefined,
  { signal, bar: open }: Session,
): Promise<number | undefined> {
  const bar = open();
  try {
    // The digits seen so far may end with the beginning of a match that the next chunk completes.
    let tail = Buffer.alloc(0);
    let seen = 0;
    for await (const chunk of stream(digits, { threads, signal, onProgress: bar?.update }) as AsyncIterable<Buffer>) {
      const text = Buffer.concat([tail, chunk]);
      const found = text.indexOf(sought, 0, "latin1");
      if (found >= 0) return seen - tail.length + found;
      seen += chunk.length;
      tail = text.subarray(Math.max(0, text.length - sought.length + 1));
    }
    return undefined;
  } finally {
    bar?.stop();
  }
}
