import { type Command, CommanderError, Option } from "commander";
import { pipeline } from "node:stream/promises";

import { stream, type Algorithm, type Verification } from "../../index";
import { MAX_DIGITS } from "../../limits";
import { isSystemError, openOutput, writeError, type OutputFile } from "../file";
import { withMemoryAdvice } from "../memory-advice";
import { grouped, readableDuration } from "../numbers";
import type { Run } from "../run";
import type { Session } from "../session";
import { algorithmOption, jsonOption, quietOption, threadsOption, UsageError, whole } from "../usage";

/** The names of standard output. Where that is a socket, the second cannot be opened. */
const STANDARD_OUTPUT: ReadonlySet<string> = new Set(["-", "/dev/stdout"]);

interface DigitsOptions {
  endless?: true;
  algorithm: Algorithm;
  threads?: number;
  /** The file to write; standard output when there is none. */
  output?: string;
  json?: true;
  verify?: true;
  quiet?: true;
}

/** The digits themselves: what the command does unless another is named. */
export function addDigits(program: Command, run: Run): void {
  program
    .argument(
      "[digits]",
      `how many, from 0 to ${grouped(MAX_DIGITS)}: 1000, 1e6, 1_000_000, 1M`,
      whole("the number of digits", 0, MAX_DIGITS),
    )
    .addOption(new Option("-e, --endless", "digits without end, until nobody reads them").conflicts(["output", "json"]))
    .addOption(new Option("-o, --output <file>", "write a file, whole or not at all; - is standard output"))
    .addOption(algorithmOption())
    .addOption(threadsOption())
    .addOption(new Option("--verify", "prove the digits by an independent way, and say on standard error how"))
    .addOption(jsonOption('{"digits", "algorithm", "pi", "milliseconds"}'))
    .addOption(quietOption())
    .action((digits: number | undefined, options: DigitsOptions) => {
      const n = count(digits, options);
      return run(options, (session) => withMemoryAdvice(n, options, () => writeDigits(n, options, session)));
    });
}

/** How many digits: as many as there are to be, or all. */
function count(digits: number | undefined, { endless }: DigitsOptions): number {
  if (digits === undefined) {
    if (endless) return Infinity;
    throw new CommanderError(2, "commander.missingArgument", "missing required argument 'digits'");
  }
  if (endless) throw new UsageError("digits without end have no number: give a number or --endless");
  return digits;
}

/** Computes the digits and writes them, chunk by chunk. */
async function writeDigits(n: number, options: DigitsOptions, session: Session): Promise<undefined> {
  const { algorithm, threads, output: path = "-" } = options;
  const { signal } = session;
  const file = STANDARD_OUTPUT.has(path) ? undefined : await openOutput(path);
  const bar = session.bar();
  const start = performance.now();
  const proofs: Verification[] = [];
  const { verify } = options;
  const onVerified = (proof: Verification) => void proofs.push(proof);
  try {
    const computed = stream(n, { algorithm, threads, signal, onProgress: bar?.update, verify, onVerified });
    const onScreen = file === undefined && session.sharesScreen;
    const digits = onScreen ? afterBar(computed, algorithm, () => bar?.stop()) : computed;
    const text = () => (options.json ? asJson(digits, n, options, start, proofs) : asLine(digits));
    await pipeline(text, file?.stream ?? process.stdout);
    await file?.keep();
  } catch (error) {
    throw file !== undefined && isSystemError(error) ? writeError(path, error) : error;
  } finally {
    bar?.stop();
    await discard(file, path, session);
  }
  for (const proof of proofs) session.remark(describe(proof));
  if (file !== undefined) {
    session.remarkToPerson(`${grouped(n)} digits in ${path}, after ${readableDuration(performance.now() - start)}`);
  }
}

async function discard(file: OutputFile | undefined, path: string, { signal, remark }: Session): Promise<void> {
  await file?.discard();
  if (file !== undefined && signal.aborted) remark(`compute-pi-rs: stopped; ${path} is as it was before`);
}

/**
 * The digits for a terminal that a bar shares: the first comes when the bar is gone. The spigot gives its first digits at
 * once, so all of them wait for the last one.
 */
async function* afterBar(digits: AsyncIterable<Buffer>, algorithm: Algorithm, removeBar: () => void) {
  const waiting: Buffer[] = [];
  for await (const chunk of digits) {
    if (algorithm === "spigot") {
      waiting.push(chunk);
    } else {
      removeBar();
      yield chunk;
    }
  }
  removeBar();
  yield* waiting;
}

async function* asLine(digits: AsyncIterable<Buffer>) {
  yield* digits;
  yield "\n";
}

async function* asJson(
  digits: AsyncIterable<Buffer>,
  n: number,
  { algorithm, verify }: DigitsOptions,
  start: number,
  proofs: readonly Verification[],
) {
  let before = `{"digits":${n},"algorithm":"${algorithm}","pi":"`;
  for await (const chunk of digits) {
    yield before;
    yield chunk;
    before = "";
  }
  const verified = verify ? `,"verified":${JSON.stringify(proofs[0] ?? null)}` : "";
  yield `${before}","milliseconds":${Math.round(performance.now() - start)}${verified}}\n`;
}

function describe({ hexPosition, hexDigits }: Verification): string {
  return (
    `compute-pi-rs: verified: hexadecimal digits ${hexPosition} to ${hexPosition + hexDigits - 1} by Bellard's formula, ` +
    "the division and the decimal digits modulo 2^61 - 1"
  );
}
