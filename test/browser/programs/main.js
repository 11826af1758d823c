import * as pi from "compute-pi-rs";
import { exercise } from "./exercise.js";

globalThis.result = exercise(pi);
