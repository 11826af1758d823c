import * as pi from "./node_modules/compute-pi-rs/dist/web/compute-pi.js";
import { exercise } from "./exercise.js";

postMessage(await exercise(pi));
