// @ts-check
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * The cost of a call in this process: seconds on the clock, and of processor time.
 *
 * @template T
 * @param {() => Promise<T>} work
 */
export async function timed(work) {
  const [clock, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { result, seconds: (performance.now() - clock) / 1000, processor: (user + system) / 1e6 };
}

/**
 * The processor time that a process has taken, in seconds; Linux counts it in hundredths.
 *
 * @param {number} pid
 */
export function processorTime(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/**
 * Waits until nothing else runs on this machine, or a minute.
 *
 * @returns {Promise<boolean>} whether it is idle
 */
export async function idle() {
  const busy = () => cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
  for (let tries = 0; tries < 120; tries += 1) {
    const before = busy();
    await sleep(500);
    if (busy() - before < 50) return true;
  }
  return false;
}

/** @param {number} value @param {number} [digits] */
export const round = (value, digits = 4) => Number(value.toPrecision(digits));
