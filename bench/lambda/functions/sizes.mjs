// Processor time of single calls, in one process, in turn: the least of as many rounds as fit into the time.
import { generate, generateBytes } from "compute-pi-rs";
import { handler as plain } from "./plain.mjs";

const calls = {
  plain: (digits) => plain({ digits }),
  spigot: (digits) => generate(digits, { algorithm: "spigot" }),
  engine: (digits) => generate(digits),
  engineBytes: (digits) => generateBytes(digits),
  spigotBytes: (digits) => generateBytes(digits, { algorithm: "spigot" }),
};

/** Shorter ones are repeated: the clock of processor time counts microseconds. */
const shortest = 5000;

/** @param {{ digits: number, names: (keyof typeof calls)[], milliseconds: number }} event */
export const handler = async ({ digits, names, milliseconds }) => {
  const repeats = Object.fromEntries(names.map((name) => [name, 1]));
  const least = Object.fromEntries(names.map((name) => [name, Infinity]));
  const end = performance.now() + milliseconds;
  let rounds = 0;
  while (rounds < 3 || performance.now() < end) {
    for (const name of names) {
      const before = process.cpuUsage();
      for (let run = 0; run < repeats[name]; run++) await calls[name](digits);
      const { user, system } = process.cpuUsage(before);
      if (user + system < shortest) repeats[name] *= 2;
      else least[name] = Math.min(least[name], (user + system) / repeats[name] / 1000);
    }
    rounds += 1;
  }
  return least;
};
