// @ts-check
/** A view of the fleet at work on one position: `npm run watch -- ID`. */
import { pathToFileURL } from "node:url";

import { Fleet } from "./status.mjs";

const WIDTH = 30;

/**
 * The view as lines of text.
 *
 * @param {Awaited<ReturnType<Fleet["look"]>>} look
 */
export function draw({ counts, busy, finished, done, state, result }) {
  const workers = new Set([...finished.keys(), ...busy.map(({ worker }) => worker)]);
  const rows = [...workers].sort().map((worker) => {
    const own = busy.find((job) => job.worker === worker);
    const bar = "█".repeat(Math.round(WIDTH * (own?.fraction ?? 0))).padEnd(WIDTH, "·");
    const again = (own?.attempt ?? 1) > 1 ? `, attempt ${own?.attempt}` : "";
    const job = own ? `${bar} ${own.range}${again}` : "";
    return `${worker.padEnd(20)} ${String(finished.get(worker) ?? 0).padStart(6)}  ${job}`;
  });
  const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
  const queue = `${done} done, ${active} active, ${waiting} waiting, ${delayed} to be tried again, ${failed} failed`;
  const end = result ? `${result.digits} from position ${result.position}` : `position: ${state}`;
  return [`${"worker".padEnd(20)}   done`, ...rows, queue, end];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const id = process.argv[2] ?? "";
  const fleet = new Fleet();
  for (let lines = 0; ;) {
    const look = await fleet.look(id);
    const view = draw(look);
    // Over the view before it; a log gets one after the other.
    if (process.stdout.isTTY && lines > 0) process.stdout.write(`\x1b[${lines}A\x1b[J`);
    console.log(view.join("\n"));
    lines = view.length;
    if (look.state === "completed" || look.state === "failed") break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await fleet.close();
}
