// @ts-check
// The first call of a process: the milliseconds of processor time that the main thread takes for it, on Linux, and the whole by the
// clock; the load of the package not counted.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { generateString } = createRequire(import.meta.url)("../../dist/index.cjs");
const onCpu = () => Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
const [before, began] = [onCpu(), performance.now()];
await generateString(1000);
console.log(JSON.stringify({ milliseconds: onCpu() - before, whole: performance.now() - began }));
