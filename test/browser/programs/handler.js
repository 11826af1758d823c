import * as pi from "compute-pi-rs";
import { exercise } from "./exercise.js";

export default {
  fetch: async () => Response.json(await exercise(pi)),
};
