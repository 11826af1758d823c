import { beforeAll, describe } from "vitest";

import { answers } from "./answers";
import { staysAsLargeAsItIs, tellsOfWrongEvents } from "./behaviour";
import { native, zipOf } from "./deploy";

// To compile it takes minutes.
beforeAll(() => zipOf("rust"), 900_000);

answers([{ name: "rust", runtime: "provided.al2023", architecture: native }]);

describe("rust", () => {
  staysAsLargeAsItIs("rust");
  tellsOfWrongEvents("rust");
});
