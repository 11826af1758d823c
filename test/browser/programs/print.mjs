import { exercise } from "./exercise.js";

const [from] = globalThis.process.argv.slice(2);
console.log(JSON.stringify(await exercise(await import(from))));
