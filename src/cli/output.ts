import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

import { stream, type Progress } from "../index";
import type { Arguments } from "./arguments";

/** What is asked for, and what watches the work. */
export interface Request extends Arguments {
  signal: AbortSignal;
  onProgress: ((progress: Progress) => void) | undefined;
}

/** Computes the digits and writes them, chunk by chunk. */
export async function writeDigits(request: Request): Promise<void> {
  const { n, algorithm, threads, signal, onProgress, output } = request;
  const start = performance.now();
  const digits = stream(n, { algorithm, threads, signal, onProgress });
  // A file is opened, and so emptied, only when there is something to write into it.
  await once(digits, "readable");
  await pipeline(
    digits,
    (chunks: AsyncIterable<Buffer>) => format(chunks, request, start),
    output === undefined ? process.stdout : createWriteStream(output),
  );
}

async function* format(digits: AsyncIterable<Buffer>, { n, algorithm, json }: Request, start: number) {
  if (json) yield `{"digits":${n},"algorithm":"${algorithm}","pi":"`;
  yield* digits;
  if (json) yield `","milliseconds":${Math.round(performance.now() - start)}}`;
  yield "\n";
}
