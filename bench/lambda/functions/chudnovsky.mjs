// The plain function of examples/lambda with the better series: the best that JavaScript has for many digits.
import { chudnovsky } from "./series.mjs";

export const handler = async ({ digits }) => ({ digits, pi: chudnovsky(digits) });
