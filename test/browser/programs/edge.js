import * as pi from "compute-pi-rs";
import { exercise } from "./exercise.js";

addEventListener("fetch", (event) => {
  event.respondWith(exercise(pi).then((result) => Response.json(result)));
});
