import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

import { stream, type Progress, type Verification } from "../index";
import type { Arguments } from "./arguments";

/** What is asked for, and what watches the work. */
export interface Request extends Arguments {
  signal: AbortSignal;
  onProgress: ((progress: Progress) => void) | undefined;
}

/** Computes the digits and writes them, chunk by chunk; on standard error, how they were proved. */
export async function writeDigits(request: Request): Promise<void> {
  const { n, algorithm, threads, signal, onProgress, output } = request;
  const start = performance.now();
  const proofs: Verification[] = [];
  const verify = request.verify && ((proof: Verification) => void proofs.push(proof));
  const digits = stream(n, { algorithm, threads, signal, onProgress, verify });
  // A file is opened, and so emptied, only when there is something to write into it.
  await once(digits, "readable");
  await pipeline(
    digits,
    (chunks: AsyncIterable<Buffer>) => format(chunks, request, start, proofs),
    output === undefined ? process.stdout : createWriteStream(output),
  );
  for (const proof of proofs) process.stderr.write(`${describe(proof)}\n`);
}

async function* format(
  digits: AsyncIterable<Buffer>,
  { n, algorithm, json, verify }: Request,
  start: number,
  proofs: readonly Verification[],
) {
  if (json) yield `{"digits":${n},"algorithm":"${algorithm}","pi":"`;
  yield* digits;
  if (json) {
    const verified = verify ? `,"verified":${JSON.stringify(proofs[0] ?? null)}` : "";
    yield `","milliseconds":${Math.round(performance.now() - start)}${verified}}`;
  }
  yield "\n";
}

function describe({ hexPosition, hexDigits }: Verification): string {
  return (
    `compute-pi-rs: verified: hexadecimal digits ${hexPosition} to ${hexPosition + hexDigits - 1} by Bellard's formula, ` +
    "the division and the decimal digits modulo 2^61 - 1"
  );
}
