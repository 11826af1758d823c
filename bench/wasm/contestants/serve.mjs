// @ts-check
// Computes as many digits as each line of the input says, and answers with the milliseconds of processor time and the last digits.
import { createInterface } from "node:readline";

/** @param {(n: number) => string | Promise<string>} digits */
export async function serve(digits) {
  for await (const line of createInterface({ input: process.stdin })) {
    const before = process.cpuUsage();
    const text = await digits(Number(line));
    const { user, system } = process.cpuUsage(before);
    console.log(JSON.stringify({ milliseconds: (user + system) / 1000, last: text.slice(-20), length: text.length }));
  }
}
