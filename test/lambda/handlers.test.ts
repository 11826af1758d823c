import { describe } from "vitest";

import { nodejsRuntimes } from "@compute-pi-rs/lambda-emulator";
import { answers, scripts } from "./answers";
import { architectures, native } from "./deploy";
import { staysAsLargeAsItIs } from "./behaviour";

answers([
  ...nodejsRuntimes.flatMap((runtime) => scripts.map((name) => ({ name, runtime, architecture: native }))),
  // One call on the other processor; emulated.test.ts has the others.
  ...architectures
    .filter((architecture) => architecture !== native)
    .map((architecture) => ({ name: "commonjs" as const, runtime: "nodejs24.x", architecture })),
]);

describe.each(scripts)("%s", (name) => {
  staysAsLargeAsItIs(name);
});
