// @ts-check
/** A view of the fleet at work on one position: `npm run watch -- ID`. */
import { needRedis, runCommand } from "./command.mjs";
import { Fleet } from "./status.mjs";

const WIDTH = 30;

/**
 * The view as lines of text.
 *
 * @param {Awaited<ReturnType<Fleet["look"]>>} look
 */
export function draw({ counts, busy, finished, done, total, workers, reducers, state, reason, result }) {
  const names = new Set([...finished.keys(), ...busy.map(({ worker }) => worker)]);
  const rows = [...names].sort().map((worker) => {
    const own = busy.find((job) => job.worker === worker);
    const bar = "█".repeat(Math.round(WIDTH * (own?.fraction ?? 0))).padEnd(WIDTH, "·");
    const again = (own?.attempt ?? 1) > 1 ? `, attempt ${own?.attempt}` : "";
    const job = own ? `${bar} ${own.range}${again}` : "";
    return `${worker.padEnd(20)} ${String(finished.get(worker) ?? 0).padStart(6)}  ${job}`;
  });
  const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
  const percent = Math.floor((100 * done) / Math.max(total, 1));
  const queue = `${done} of ${total} done, ${percent}%, ${active} active, ${waiting} waiting, ${delayed} to be tried again, ${failed} failed`;
  const end = result ? `${result.digits} from position ${result.position}` : `position: ${reason ?? state}`;
  const missing = [
    ...(workers === 0 ? ["no worker is there: npm run worker"] : []),
    ...(reducers === 0 ? ["no reducer is there: npm run reducer"] : []),
  ];
  const ended = state === "completed" || state === "failed";
  return [`${"worker".padEnd(20)}   done`, ...rows, queue, ...(ended ? [] : missing), end];
}

await runCommand(import.meta.url, {
  usage: "usage: node watch.mjs ID\n\nShows the fleet at work until the digits are there. submit prints the id.",
  positionals: ["ID"],
  run: async ({ ID = "" }) => {
    await needRedis();
    const fleet = new Fleet();
    try {
      for (let lines = 0; ;) {
        const look = await fleet.look(ID);
        const view = draw(look);
        // Over the view before it; a log gets one after the other.
        if (process.stdout.isTTY && lines > 0) process.stdout.write(`\x1b[${lines}A\x1b[J`);
        console.log(view.join("\n"));
        lines = view.length;
        if (look.state === "failed") process.exitCode = 1;
        if (look.state === "completed" || look.state === "failed") break;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    } finally {
      await fleet.close();
    }
  },
});
