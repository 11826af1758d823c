// Asks for an array that is longer than the heap, and for one that is not. To be run with a small heap.
import { generate } from "compute-pi-rs";

const { code, needed } = await generate(33_000_000, { maxMemory: Infinity }).catch((error) => error);
const { length } = await generate(1_000_000);
console.log(JSON.stringify({ refused: code === "ERR_COMPUTE_PI_MEMORY" ? needed : code, length }));
