import { exercise } from "./exercise.js";

const from = new URLSearchParams(location.search).get("from") ?? "./node_modules/compute-pi-rs/dist/web/compute-pi.js";
globalThis.result = import(from).then(exercise);
