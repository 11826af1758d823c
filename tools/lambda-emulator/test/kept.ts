import { onTestFinished } from "vitest";

import type { LambdaFunction } from "../function.mjs";

/** Removes a function when the test ends. */
export function kept(deployed: LambdaFunction): LambdaFunction {
  onTestFinished(() => deployed.remove());
  return deployed;
}
