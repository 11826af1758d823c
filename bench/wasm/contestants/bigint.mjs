// @ts-check
import { chudnovsky } from "../../javascript/chudnovsky.mjs";
import { serve } from "./serve.mjs";

await serve(chudnovsky);
