// @ts-check
/**
 * Shows the claims of docs/reliability.md that take long, and writes there what came of them.
 *
 * usage: npm run soak [-- NAME...]
 */
import { prepare } from "../lib/toolchain.mjs";
import { root } from "../lib/paths.mjs";

prepare();
// The packages that these import are installed by now.
const { runOrThrow, shown } = await import("@compute-pi-rs/steps");
const { entries } = await import("./entries.mjs");
const { recordResult, writeTable } = await import("./report.mjs");

const names = process.argv.slice(2);
const unknown = names.filter((name) => !entries.some((entry) => entry.name === name));
if (unknown.length > 0) {
  console.error(`no such entry: ${unknown.join(", ")}; there are ${entries.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

await runOrThrow("npm", ["run", "build"], { cwd: root, ...shown });

const chosen = entries.filter(({ name }) => names.length === 0 || names.includes(name));
let failed = 0;
for (const { name, claim, run } of chosen) {
  console.log(`\n── ${name}: ${claim}`);
  const start = performance.now();
  try {
    const figures = await run();
    console.log(figures);
    recordResult(name, { figures, seconds: Math.round((performance.now() - start) / 1000) });
  } catch (error) {
    failed += 1;
    console.error(error instanceof Error ? error.message : error);
    recordResult(name, undefined);
  }
}
await writeTable(entries);
console.log(`\n${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
