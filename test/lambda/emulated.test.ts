import { beforeAll, describe } from "vitest";

import { nodejsRuntimes } from "@compute-pi-rs/lambda-emulator";
import { answers, scripts } from "./answers";
import { architectures, native, zipOf } from "./deploy";
import { streams } from "./streams";

// Versions of Node.js differ under the emulator in how the package is loaded: one handler shows it.
describe.each(architectures.filter((each) => each !== native))("on %s", (architecture) => {
  const others = nodejsRuntimes.filter((runtime) => runtime !== "nodejs24.x");
  // To compile it takes minutes.
  beforeAll(() => zipOf("rust", architecture), 900_000);
  answers([
    ...others.map((runtime) => ({ name: "commonjs" as const, runtime, architecture })),
    ...scripts.map((name) => ({ name, runtime: "nodejs24.x", architecture })),
    { name: "rust", runtime: "provided.al2023", architecture },
  ]);
  streams(architecture);
});
