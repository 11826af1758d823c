import type { Command } from "commander";
import { Option } from "commander";
import { cpus } from "node:os";

import { generateBytes, native } from "../../index";
import { MAX_DIGITS, MAX_THREADS } from "../../limits";
import { withMemoryAdvice } from "../memory-advice";
import { grouped, readableDuration } from "../numbers";
import type { Run } from "../run";
import type { Session } from "../session";
import { table, type Column } from "../table";
import { examples, jsonOption, quietOption, whole } from "../usage";

interface BenchOptions {
  threads?: number[];
  json?: true;
  quiet?: true;
}

interface Measurement {
  digits: number;
  threads: number;
  /** The least of the runs. */
  milliseconds: number;
  runs: number;
  verified: true;
}

const DEFAULT_SIZES = [10_000, 100_000, 1_000_000];

/** Runs are repeated this often, and longer where they are short. */
const LEAST_RUNS = 3;
const LEAST_MS = 300;
/** Runs that take longer are not repeated. */
const LONG_MS = 10_000;

const COLUMNS: readonly Column[] = [
  { title: "digits", right: true, width: 13 },
  { title: "threads", right: true, width: 7 },
  { title: "time", right: true, width: 10 },
  { title: "digits a second", right: true, width: 15 },
  { title: "verified", width: 8 },
];

/** How fast it is here. */
export function addBench(program: Command, run: Run): void {
  program
    .command("bench")
    .summary("measure how fast it is here, as a table to paste")
    .description(
      "Measures how fast digits come on this machine, as a table in Markdown. Each size is first computed with --verify, " +
        `which is not measured; then the least time of at least ${LEAST_RUNS} runs counts.`,
    )
    .argument(
      "[digits...]",
      "sizes (default: 10,000, 100,000 and 1,000,000)",
      each(whole("the number of digits", 1, MAX_DIGITS)),
    )
    .addOption(
      new Option("-t, --threads <count>", "threads; give it several times to compare (default: 1, and all)").argParser(
        each(whole("the number of threads", 1, MAX_THREADS)),
      ),
    )
    .addOption(jsonOption('{"machine", "results"}'))
    .addOption(quietOption())
    .addHelpText(
      "after",
      examples(["compute-pi-rs bench 1M 10M --threads 1 --threads 4", "two sizes on one thread and on four"]),
    )
    .action((sizes: number[], options: BenchOptions) =>
      run(options, async (session) => {
        const here = native();
        const machine = {
          version: here.version,
          platform: here.platform,
          simd: here.simd,
          threads: here.threads,
          processor: cpus()[0]?.model.trim() ?? "unknown",
          node: process.version,
        };
        const write = (text: string) => process.stdout.write(options.json ? "" : `${text}\n`);
        write(
          `compute-pi-rs ${machine.version}, ${machine.platform}, ${machine.simd}, ${machine.processor}, ` +
            `${machine.threads} threads, Node.js ${machine.node}\n`,
        );
        for (const line of table.head(COLUMNS)) write(line);
        const results: Measurement[] = [];
        for (const digits of sizes.length > 0 ? sizes : DEFAULT_SIZES) {
          for (const threads of options.threads ?? new Set([1, machine.threads])) {
            const result = await measure(digits, threads, session);
            results.push(result);
            write(table.row(COLUMNS, cells(result)));
          }
        }
        if (options.json) process.stdout.write(`${JSON.stringify({ machine, results })}\n`);
        return undefined;
      }),
    );
}

/** Collects what an argument or option that may come several times is read as. */
function each<T>(read: (text: string) => T) {
  return (text: string, before: T[] | undefined): T[] => [...(before ?? []), read(text)];
}

async function measure(digits: number, threads: number, { signal, bar: open }: Session): Promise<Measurement> {
  const bar = open();
  const once = async (verify: boolean) => {
    const start = performance.now();
    await withMemoryAdvice(digits, { algorithm: "chudnovsky", threads }, () =>
      generateBytes(digits, { threads, signal, verify, onProgress: bar?.update }),
    );
    return performance.now() - start;
  };
  try {
    const times: number[] = [];
    let spent = await once(true);
    if (spent < LONG_MS) spent = 0;
    while (times.length === 0 || (spent < LONG_MS && (times.length < LEAST_RUNS || spent < LEAST_MS))) {
      const time = await once(false);
      times.push(time);
      spent += time;
    }
    return { digits, threads, milliseconds: Math.min(...times), runs: times.length, verified: true };
  } finally {
    bar?.stop();
  }
}

function cells({ digits, threads, milliseconds }: Measurement): string[] {
  const rate = Number(((1000 * digits) / milliseconds).toPrecision(3));
  return [grouped(digits), String(threads), readableDuration(milliseconds), grouped(rate), "yes"];
}
