// @ts-check
import { once } from "node:events";
import { stream } from "compute-pi-rs";

/** More than that nobody gets: the longest answer is a matter of memory and of manners. */
const MOST = Number(process.env["MOST_DIGITS"] ?? 10_000_000);

/**
 * The answer to a request. A refusal comes before the first digit, while the status can still say so.
 *
 * @param {string | null | undefined} text how many digits
 * @param {AbortSignal} [signal] when nobody waits for them any more
 */
export async function answer(text, signal) {
  const headers = { "content-type": "text/plain; charset=utf-8" };
  const n = /^\d+$/.test(text ?? "") ? Number(text) : NaN;
  if (!(n <= MOST)) return { status: 400, headers, body: [`digits must be a whole number from 0 to ${MOST}\n`] };
  try {
    const body = stream(n, { signal });
    await once(body, "readable");
    return { status: 200, headers: { ...headers, "content-length": String(n) }, body };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { status: 503, headers, body: [`${error instanceof Error ? error.message : error}\n`] };
  }
}
