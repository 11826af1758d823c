import { appendFileSync } from "node:fs";
import { inject } from "vitest";

/** Notes that something ran against the installed package, for the table that the run ends with. */
export function record(runtime: string, what: string): void {
  appendFileSync(inject("published").transcript, `${runtime}\t${what}\n`);
}
